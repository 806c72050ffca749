package io.crontopus.query.manifest;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.manifest.ManifestParser;
import io.crontopus.query.page.RequestText;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/manifests}. */
@RestController
public final class ManifestController implements AutoCloseable {

  private static final String DEFAULT_PATH = "default/manifest.yaml";

  /** Enough for the largest file that is valid, and to say of a larger one that it is too large. */
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private static final int AT_ONCE = 2;
  private static final int WAITING = 128;

  private final BlockingWork work = new BlockingWork(AT_ONCE, WAITING);

  @Override
  public void close() {
    work.close();
  }

  /** Tells whether a manifest would be taken if it were pushed, as far as the file alone shows. */
  @PostMapping("/api/manifests/validate")
  Mono<Validation> validate(
      Caller caller,
      @RequestParam(required = false) @Nullable String path,
      ServerHttpRequest request) {
    Callers.require(caller, Scope.READ_JOBS);
    String given = RequestText.filter("path", path);
    String file = given == null ? DEFAULT_PATH : given;
    return request
        .getBody()
        .map(ManifestController::bytes)
        .collect(ByteArrayOutputStream::new, ManifestController::append)
        .map(ByteArrayOutputStream::toByteArray)
        .flatMap(
            content ->
                work.call(
                    () ->
                        Validation.of(
                            ManifestParser.parse(file, content, Optional.of(caller.tenantId())))));
  }

  private static void append(ByteArrayOutputStream content, byte[] bytes) {
    if (content.size() + bytes.length > MOST_BYTES) {
      throw new DataBufferLimitException("more than " + MOST_BYTES + " bytes");
    }
    content.writeBytes(bytes);
  }

  private static byte[] bytes(DataBuffer buffer) {
    byte[] content = new byte[buffer.readableByteCount()];
    buffer.read(content);
    DataBufferUtils.release(buffer);
    return content;
  }
}
