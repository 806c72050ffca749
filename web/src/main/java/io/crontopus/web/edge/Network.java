package io.crontopus.web.edge;

import java.net.InetAddress;

/**
 * A range of addresses, as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a single address is one
 * too.
 *
 * @param address its first address
 * @param prefix how many leading bits its addresses have in common
 */
public record Network(InetAddress address, int prefix) {

  /**
   * Checks the length of the prefix.
   *
   * @throws IllegalArgumentException when it is longer than the address, or negative
   */
  public Network {
    if (prefix < 0 || prefix > address.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("no network: " + address.getHostAddress() + "/" + prefix);
    }
  }

  /**
   * Reads a network; no name is ever looked up.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Network valueOf(String text) {
    String[] parts = text.strip().split("/", 2);
    try {
      InetAddress address = InetAddress.ofLiteral(parts[0]);
      int bits = address.getAddress().length * Byte.SIZE;
      return new Network(address, parts.length == 1 ? bits : Integer.parseInt(parts[1]));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no network: write it like 10.0.0.0/8 or 2001:db8::/32", e);
    }
  }

  /** Whether this address is in the network. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] its = other.getAddress();
    if (mine.length != its.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != its[i]) {
        return false;
      }
    }
    int rest = prefix % Byte.SIZE;
    return rest == 0 || (mine[whole] ^ its[whole]) >> (Byte.SIZE - rest) == 0;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }
}
