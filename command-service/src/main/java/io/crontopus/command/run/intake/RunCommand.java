package io.crontopus.command.run.intake;

import io.crontopus.run.JobRef;
import io.crontopus.run.RunBook.JobKey;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.commands.TimeOutRun;
import io.crontopus.web.Origin;

/** A command about a run, with where it comes from and who waits for what came of it. */
public sealed interface RunCommand {

  /** Where it comes from. */
  Origin origin();

  /** Who waits. */
  Reply reply();

  /** The job it is about: commands for one job are decided in the order in which they came. */
  JobKey job();

  /** A job reports. */
  record CheckIn(ReportCheckIn checkIn, Origin origin, Reply reply) implements RunCommand {
    @Override
    public JobKey job() {
      return new JobKey(checkIn.tenantId(), checkIn.job());
    }
  }

  /** A run's time may be up. */
  record TimeOut(TimeOutRun command, JobRef ofJob, Origin origin, Reply reply)
      implements RunCommand {
    @Override
    public JobKey job() {
      return new JobKey(command.run().tenantId(), ofJob);
    }
  }
}
