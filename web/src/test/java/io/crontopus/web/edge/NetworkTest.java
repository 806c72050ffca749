package io.crontopus.web.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "203.0.113.9, 203.0.113.9, true",
    "203.0.113.9, 203.0.113.8, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1/128, ::1, true",
    "127.0.0.0/8, ::ffff:127.0.0.1, true",
  })
  void containsWhatSharesItsPrefix(String network, String address, boolean contained) {
    assertThat(Network.valueOf(network).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "proxy.example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "/8"})
  void namesAreNotLookedUp(String text) {
    assertThatThrownBy(() -> Network.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theAddressesOfOneIpv6CustomerAreOneClient() {
    InetAddress one = InetAddress.ofLiteral("2001:db8:1:2:aaaa::1");
    InetAddress other = InetAddress.ofLiteral("2001:db8:1:2:bbbb::2");
    InetAddress neighbour = InetAddress.ofLiteral("2001:db8:1:3:aaaa::1");
    assertThat(ClientAddress.client(one))
        .isEqualTo(ClientAddress.client(other))
        .isNotEqualTo(ClientAddress.client(neighbour));
    InetAddress four = InetAddress.ofLiteral("203.0.113.9");
    assertThat(ClientAddress.client(four)).isEqualTo(four);
  }
}
