package io.crontopus.bench.load;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request's bytes with places for numbers, so that sending one is a copy and a few digits.
 *
 * <p>In the text, <code>{n}</code> is the number of the item in twelve digits, and <code>{m}</code>
 * the number modulo a thousand in four. A request of several items numbers them on.
 */
public final class Template {

  private static final int LONG = 12;
  private static final int SHORT = 4;
  private static final int GROUPS = 1000;
  private static final String NUMBER = "{n}";
  private static final String GROUP = "{m}";

  private record Slot(int at, int width, int item) {}

  private final byte[] bytes;
  private final Slot[] slots;
  private final int items;

  private Template(byte[] bytes, List<Slot> slots, int items) {
    this.bytes = bytes;
    this.slots = slots.toArray(Slot[]::new);
    this.items = items;
  }

  /**
   * A POST of JSON. {@code parts} are joined as they are; each but the first and last is an item.
   */
  public static Template post(
      InetSocketAddress address,
      String path,
      String token,
      String before,
      List<String> items,
      String after) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<Slot> slots = new ArrayList<>();
    append(body, slots, before, 0);
    for (int item = 0; item < items.size(); item++) {
      append(body, slots, items.get(item), item);
    }
    append(body, slots, after, 0);
    byte[] head =
        ("POST "
                + path
                + " HTTP/1.1\r\n"
                + head(address, token)
                + "Content-Type: application/json\r\nContent-Length: "
                + body.size()
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(body.toByteArray());
    List<Slot> moved =
        slots.stream().map(s -> new Slot(s.at() + head.length, s.width(), s.item())).toList();
    return new Template(all.toByteArray(), moved, items.size());
  }

  /** A GET. */
  public static Template get(InetSocketAddress address, String path, String token) {
    return new Template(
        ("GET " + path + " HTTP/1.1\r\n" + head(address, token) + "\r\n")
            .getBytes(StandardCharsets.US_ASCII),
        List.of(),
        1);
  }

  private static String head(InetSocketAddress address, String token) {
    String host = "Host: " + address.getHostString() + ":" + address.getPort() + "\r\n";
    return token.isEmpty() ? host : host + "Authorization: Bearer " + token + "\r\n";
  }

  private static void append(ByteArrayOutputStream body, List<Slot> slots, String text, int item) {
    int at = 0;
    while (at < text.length()) {
      int number = text.indexOf(NUMBER, at);
      int group = text.indexOf(GROUP, at);
      int next = number < 0 ? group : group < 0 ? number : Math.min(number, group);
      int until = next < 0 ? text.length() : next;
      body.writeBytes(text.substring(at, until).getBytes(StandardCharsets.UTF_8));
      if (next < 0) {
        return;
      }
      int width = next == number ? LONG : SHORT;
      slots.add(new Slot(body.size(), width, item));
      body.writeBytes("0".repeat(width).getBytes(StandardCharsets.US_ASCII));
      at = next + NUMBER.length();
    }
  }

  /** How many items a request has. */
  public int items() {
    return items;
  }

  int size() {
    return bytes.length;
  }

  /** Writes request {@code request}: its items are numbered from {@code request × items}. */
  void write(long request, ByteBuffer into) {
    int start = into.position();
    into.put(bytes);
    for (Slot slot : slots) {
      long number = request * items + slot.item();
      long value = slot.width() == SHORT ? number % GROUPS : number;
      for (int digit = slot.width() - 1; digit >= 0; digit--) {
        into.put(start + slot.at() + digit, (byte) ('0' + value % 10));
        value /= 10;
      }
    }
  }
}
