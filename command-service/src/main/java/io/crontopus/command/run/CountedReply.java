package io.crontopus.command.run;

import io.crontopus.command.run.intake.Reply;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.web.usage.UsageCounters;

/** A reply that counts what was taken of a tenant. */
record CountedReply(Reply reply, String tenantId, UsageCounters usage) implements Reply {

  @Override
  public void accepted(CheckInAccepted answer) {
    usage.checkIn(tenantId);
    reply.accepted(answer);
  }

  @Override
  public void failed(RuntimeException reason) {
    reply.failed(reason);
  }
}
