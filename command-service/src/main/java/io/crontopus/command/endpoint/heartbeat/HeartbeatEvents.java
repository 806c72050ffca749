package io.crontopus.command.endpoint.heartbeat;

import io.crontopus.command.endpoint.heartbeat.HeartbeatSource.Taken;
import io.crontopus.endpoint.events.HeartbeatsCollected;
import io.crontopus.endpoint.events.HeartbeatsCollected.Alike;
import io.crontopus.endpoint.events.PackedHeartbeats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Packs what was collected into as few events as is good for those who read them. */
final class HeartbeatEvents {

  /** An event of this many is about 14 kB. */
  static final int MOST_IN_ONE = 500;

  private record Key(String tenantId, SignOfLife.Said said) {}

  private HeartbeatEvents() {}

  /** At least one event: none heard is something to say, too. */
  static List<HeartbeatsCollected> of(Instant collectedAt, List<Taken> signs) {
    List<HeartbeatsCollected> events = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(signs.size(), from + MOST_IN_ONE);
      events.add(event(collectedAt, signs.subList(from, to)));
      from = to;
    } while (from < signs.size());
    return events;
  }

  private static HeartbeatsCollected event(Instant collectedAt, List<Taken> signs) {
    Map<Key, PackedHeartbeats> groups = new LinkedHashMap<>();
    long heard = 0;
    for (Taken taken : signs) {
      SignOfLife sign = taken.newest();
      heard += taken.heard();
      groups
          .computeIfAbsent(
              new Key(sign.tenantId(), sign.said()), _ -> new PackedHeartbeats(collectedAt))
          .add(sign.endpointId(), sign.receivedAt(), sign.sentAt(), sign.spoolDepth());
    }
    List<Alike> alike = new ArrayList<>(groups.size());
    groups.forEach(
        (key, packed) ->
            alike.add(
                new Alike(
                    key.tenantId(),
                    key.said().version(),
                    key.said().scheduler(),
                    key.said().schedulerAlive(),
                    key.said().appliedCommit(),
                    packed.pack())));
    return new HeartbeatsCollected(collectedAt, heard, alike);
  }
}
