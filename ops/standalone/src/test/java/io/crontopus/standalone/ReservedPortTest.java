package io.crontopus.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ReservedPortTest {

  private static final String LOOPBACK = "127.0.0.1";

  @Test
  @EnabledOnOs(OS.LINUX)
  void letsItsServerListen() throws IOException {
    ReservedPort reserved = ReservedPort.of(LOOPBACK, 0);
    try (ServerSocket server =
        new ServerSocket(reserved.number(), 1, InetAddress.getLoopbackAddress())) {
      reserved.close();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), reserved.number())) {
        assertThat(server.accept().getPort()).isEqualTo(client.getLocalPort());
      }
    }
  }

  /** What was refused before: a port that the kernel gave to somebody else in the meantime. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void isNotOneThatTheKernelGivesAway() throws IOException {
    int lowest;
    // Asked for in small pieces, the kernel gives only the first.
    try (BufferedReader range =
        Files.newBufferedReader(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))) {
      lowest = new Scanner(range.readLine()).nextInt();
    }
    for (int i = 0; i < 100; i++) {
      try (ReservedPort reserved = ReservedPort.of(LOOPBACK, 0)) {
        assertThat(reserved.number()).isBetween(1024, lowest - 1);
      }
    }
  }

  @Test
  void twoThatAreFreeAreNotTheSame() {
    List<ReservedPort> reserved = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        reserved.add(ReservedPort.of(LOOPBACK, 0));
      }
      assertThat(reserved.stream().map(ReservedPort::number).collect(Collectors.toSet()))
          .hasSize(reserved.size());
    } finally {
      reserved.forEach(ReservedPort::close);
    }
  }

  @Test
  void namesOneThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> ReservedPort.of(LOOPBACK, taken.getLocalPort()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " is taken");
    }
  }

  @Test
  void namesAnAddressThatIsNone() {
    assertThatThrownBy(() -> ReservedPort.of("no address", 8080))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is not an address");
  }
}
