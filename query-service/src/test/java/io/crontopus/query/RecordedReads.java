package io.crontopus.query;

import io.crontopus.web.AuditTrail;
import io.crontopus.web.Origin;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what the read side has recorded, in place of the write side. */
public final class RecordedReads implements AuditTrail {

  /** An event, and where it comes from. */
  public record Told(Origin origin, Object event) {}

  private final List<Told> told = new CopyOnWriteArrayList<>();
  private volatile Runnable meanwhile = () -> {};

  @Override
  public void record(Origin origin, Object event) {
    told.add(new Told(origin, event));
    meanwhile.run();
  }

  /** What was recorded for a tenant. */
  public List<Told> of(String tenant) {
    return told.stream().filter(one -> one.origin().tenantId().equals(tenant)).toList();
  }

  /** Does something from now on while an event is recorded, and fails with it. */
  public void meanwhile(Runnable work) {
    meanwhile = work;
  }
}
