package io.crontopus.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON, and takes bytes that are not UTF-8 as the replacement character: what a job printed
 * may be anything, and a report must not be lost over it.
 */
final class TolerantJsonDecoder extends JacksonJsonDecoder {

  private final Map<Class<?>, QuickJson<?>> quick;

  TolerantJsonDecoder(JsonMapper json, List<? extends QuickJson<?>> quick) {
    super(json);
    this.quick = quick.stream().collect(Collectors.toUnmodifiableMap(QuickJson::type, q -> q));
  }

  @Override
  public Object decode(
      DataBuffer buffer,
      ResolvableType type,
      @Nullable MimeType mimeType,
      @Nullable Map<String, Object> hints) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    byte[] body = repaired(bytes);
    Class<?> wanted = type.resolve();
    @Nullable QuickJson<?> quickly = wanted == null ? null : quick.get(wanted);
    @Nullable Object read = quickly == null ? null : quickly.read(body);
    return read != null
        ? read
        : super.decode(DefaultDataBufferFactory.sharedInstance.wrap(body), type, mimeType, hints);
  }

  private static byte[] repaired(byte[] bytes) {
    if (isAscii(bytes)) {
      return bytes;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return bytes;
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }
  }

  private static boolean isAscii(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all >= 0;
  }
}
