package io.crontopus.command.sso.provider;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to providers: none takes longer than it may, from its first byte to the answer's last,
 * none brings more than it may, and none is redirected. Waits: not for an event loop.
 */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever, AutoCloseable {

  /** Far more than keys, settings and tokens of any provider. */
  private static final int MOST_BYTES = 512 * 1024;

  private static final int OK = 200;

  private final HttpClient client;
  private final Duration timeout;

  ProviderHttp(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    HttpRequest.Builder built = HttpRequest.newBuilder(request.getURI());
    for (Map.Entry<String, List<String>> header : request.getHeaderMap().entrySet()) {
      header.getValue().forEach(value -> built.header(header.getKey(), value));
    }
    String body = request.getBody();
    built.method(
        request.getMethod().name(),
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    HttpResponse<byte[]> received = exchange(built.build());
    HTTPResponse response = new HTTPResponse(received.statusCode());
    received
        .headers()
        .map()
        .forEach((name, values) -> response.setHeader(name, values.toArray(String[]::new)));
    response.setBody(new String(received.body(), StandardCharsets.UTF_8));
    return response;
  }

  /** The text at this address. */
  String get(URI uri) throws IOException {
    HttpResponse<byte[]> received =
        exchange(HttpRequest.newBuilder(uri).header("Accept", "application/json").build());
    if (received.statusCode() != OK) {
      throw new IOException(uri + " answers " + received.statusCode());
    }
    return new String(received.body(), StandardCharsets.UTF_8);
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    try {
      return new Resource(get(url.toURI()), "application/json");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** Sends a request that the caller has made for {@link HTTPRequest}. */
  HTTPResponse exchange(HTTPRequest request) throws IOException {
    return request.send(this);
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(request.uri() + " takes longer than " + timeout, e);
    } catch (ExecutionException e) {
      throw new IOException(request.uri() + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } finally {
      boolean _ = answer.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
