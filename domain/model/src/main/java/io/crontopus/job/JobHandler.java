package io.crontopus.job;

import io.crontopus.job.commands.DefineJob;
import io.crontopus.job.commands.RemoveJob;
import io.crontopus.job.events.JobDefined;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** Hands commands to the job they are for, and keeps the index of current definitions. */
public class JobHandler {

  private final Repository<Job> jobs;
  private final JobIndex index;

  public JobHandler(Repository<Job> jobs, JobIndex index) {
    this.jobs = jobs;
    this.index = index;
  }

  @CommandHandler
  void handle(DefineJob command) throws Exception {
    jobs.loadOrCreate(command.definition().job().toString(), Job::create)
        .execute(
            job -> {
              job.define(command);
              @Nullable JobDefined current = job.current();
              if (current != null) {
                index.put(current);
              }
            });
  }

  @CommandHandler
  void handle(RemoveJob command) {
    try {
      jobs.load(command.job().toString()).execute(job -> job.remove(command));
    } catch (AggregateNotFoundException never) {
      // a job that was never recorded needs no removal
    }
    index.remove(command.job());
  }
}
