package io.crontopus.web.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Believes what proxies say of their clients, if they are among the trusted ones. Anybody else's
 * headers of that kind mean nothing: everybody can send them.
 */
public final class TrustedForwarding extends ForwardedHeaderTransformer {

  private static final String HTTP = "http:";

  private final List<Network> trusted;
  private final ForwardedBy header;

  /**
   * Trusts these proxies.
   *
   * @param trusted where they are
   * @param header what they write
   */
  public TrustedForwarding(List<Network> trusted, ForwardedBy header) {
    this.trusted = List.copyOf(trusted);
    this.header = header;
  }

  @Override
  public ServerHttpRequest apply(ServerHttpRequest request) {
    if (trusted.isEmpty() || !trusts(ClientAddress.of(request))) {
      return request;
    }
    HttpHeaders headers = request.getHeaders();
    @Nullable InetAddress client = header.client(headers, this::trusts);
    boolean secure = header.isSecure(headers);
    return client == null && !secure ? request : new Forwarded(request, client, secure);
  }

  private boolean trusts(InetAddress address) {
    for (Network network : trusted) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** The request as the client made it. */
  private static final class Forwarded extends ServerHttpRequestDecorator {

    private final @Nullable InetSocketAddress client;
    private final URI uri;

    Forwarded(ServerHttpRequest request, @Nullable InetAddress client, boolean secure) {
      super(request);
      this.client = client == null ? null : new InetSocketAddress(client, 0);
      this.uri = secure ? secure(request.getURI()) : request.getURI();
    }

    private static URI secure(URI uri) {
      String text = uri.toString();
      return text.startsWith(HTTP) ? URI.create("https:" + text.substring(HTTP.length())) : uri;
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
      return client == null ? super.getRemoteAddress() : client;
    }

    @Override
    public URI getURI() {
      return uri;
    }
  }
}
