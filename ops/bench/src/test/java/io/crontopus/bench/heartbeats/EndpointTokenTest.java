package io.crontopus.bench.heartbeats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndpointTokenTest {

  @Test
  void tokensHaveTheFormOfRealOnes() {
    assertThat(EndpointToken.of(1).secret()).matches("ep_[0-9]{43}[0-9A-Za-z]{6}");
    assertThat(EndpointToken.of(1)).isNotEqualTo(EndpointToken.of(2));
    assertThat(EndpointToken.of(1).hash()).hasSize(32);
  }
}
