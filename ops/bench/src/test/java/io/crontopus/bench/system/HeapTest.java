package io.crontopus.bench.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.bench.session.BenchFailure;
import org.junit.jupiter.api.Test;

class HeapTest {

  private static final long KIBIBYTE = 1024;
  private static final int MUCH = 64 << 20;

  @Test
  void theGenerationsAreAddedUp() {
    String parallel =
        """
        8548:
        PSYoungGen      total 224256K, used 30235K [0x00000000eab00000, 0x00000000fbb80000, 0x0000000100000000)
         eden space 209920K, 14% used [0x00000000eab00000,0x00000000ec86ec18,0x00000000f7800000)
        ParOldGen       total 77824K, used 77409K [0x00000000c0000000, 0x00000000c4c00000, 0x00000000eab00000)
         object space 77824K, 99% used [0x00000000c0000000,0x00000000c4b986b8,0x00000000c4c00000)
        """;
    assertThat(Heap.of(parallel)).isEqualTo(new Heap((30_235 + 77_409) * KIBIBYTE));
  }

  @Test
  void aHeapOfRegionsIsOne() {
    String garbageFirst =
        """
        4711:
        garbage-first heap   total reserved 1048576K, committed 131072K, used 54321K [0x00000000c0000000, 0x0000000100000000)
         region size 1M, 12 young (12288K), 2 survivors (2048K)
        """;
    assertThat(Heap.of(garbageFirst)).isEqualTo(new Heap(54_321 * KIBIBYTE));
  }

  @Test
  void whatIsNotUnderstoodIsNotTakenForNothing() {
    assertThatThrownBy(() -> Heap.of("4711:\nno heap here")).isInstanceOf(BenchFailure.class);
  }

  @Test
  void whatIsAliveIsCounted() throws InterruptedException {
    long pid = ProcessHandle.current().pid();
    long before = Heap.afterCollection(pid).usedBytes();
    byte[] alive = new byte[MUCH];
    assertThat(Heap.afterCollection(pid).usedBytes() - before).isBetween(MUCH / 2L, MUCH * 2L);
    assertThat(alive).as("still in use").hasSize(MUCH);
  }
}
