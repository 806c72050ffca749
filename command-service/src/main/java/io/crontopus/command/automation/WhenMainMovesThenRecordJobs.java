package io.crontopus.command.automation;

import io.crontopus.command.bus.Commands;
import io.crontopus.command.git.CommitSummary;
import io.crontopus.command.git.ObservedFile;
import io.crontopus.command.git.ObservedJob;
import io.crontopus.command.git.ObservedPush;
import io.crontopus.command.git.PushRecorder;
import io.crontopus.git.ChangedFile;
import io.crontopus.git.CommitId;
import io.crontopus.git.CommitInfo;
import io.crontopus.git.commands.ObservePush;
import io.crontopus.job.JobDefinition;
import io.crontopus.job.JobId;
import io.crontopus.job.commands.DefineJob;
import io.crontopus.job.commands.RemoveJob;
import io.crontopus.manifest.JobManifest;
import io.crontopus.personal.PersonalKey;
import io.crontopus.personal.PersonalKeys;
import io.crontopus.web.Origin;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Turns a push into what it means: jobs defined, jobs removed, and at last the commit itself. Each
 * step repeated is no step, so that after a crash the whole push simply comes again.
 *
 * <p>Authors are sealed: what is in the log stays there, and people may want to be forgotten.
 */
public final class WhenMainMovesThenRecordJobs implements PushRecorder {

  private final Commands commands;
  private final PersonalKeys keys;

  public WhenMainMovesThenRecordJobs(Commands commands, PersonalKeys keys) {
    this.commands = commands;
    this.keys = keys;
  }

  @Override
  public void record(ObservedPush push) {
    Origin origin = new Origin(push.tenantId(), push.pushedBy(), "");
    for (ObservedFile file : push.files()) {
      for (ObservedJob job : file.jobs()) {
        commands.sendAndWait(
            new DefineJob(definition(push, file, job), push.commit(), push.observedAt()), origin);
      }
    }
    push.removedJobs().stream()
        .sorted()
        .map(job -> new JobId(push.tenantId(), job.toString()))
        .forEach(
            job ->
                commands.sendAndWait(new RemoveJob(job, push.commit(), push.observedAt()), origin));
    commands.sendAndWait(observation(push, new Seals(keys, push.tenantId())), origin);
  }

  private static JobDefinition definition(ObservedPush push, ObservedFile file, ObservedJob job) {
    JobManifest manifest = job.manifest();
    Duration limit = manifest.spec().checkin().timeout();
    return new JobDefinition(
        new JobId(push.tenantId(), job.jobId().toString()),
        manifest.namespace(),
        manifest.name(),
        file.path(),
        manifest.toTree(),
        limit.isZero() ? null : limit.toSeconds(),
        manifest.spec().checkin().grace().toSeconds());
  }

  private static ObservePush observation(ObservedPush push, Seals seals) {
    return new ObservePush(
        new CommitId(push.tenantId(), push.commit()),
        push.parent(),
        seals.sealed(
            new CommitSummary(
                push.commit(),
                push.authorName(),
                push.authorEmail(),
                push.message(),
                push.committedAt())),
        push.commits().stream().map(seals::sealed).toList(),
        push.pushedBy(),
        push.observedAt(),
        push.files().stream().map(WhenMainMovesThenRecordJobs::file).toList());
  }

  /** The keys of the authors of one push, each looked up once. */
  private record Seals(PersonalKeys keys, String tenantId, Map<String, PersonalKey> byEmail) {

    Seals(PersonalKeys keys, String tenantId) {
      this(keys, tenantId, new HashMap<>());
    }

    CommitInfo sealed(CommitSummary commit) {
      PersonalKey key =
          byEmail.computeIfAbsent(commit.authorEmail(), email -> keys.of(tenantId, email));
      return new CommitInfo(
          commit.commit(),
          key.seal(commit.authorName()),
          key.seal(commit.authorEmail()),
          commit.message(),
          commit.committedAt());
    }
  }

  private static ChangedFile file(ObservedFile file) {
    return new ChangedFile(
        file.path(),
        file.change().name().toLowerCase(Locale.ROOT),
        file.jobs().stream().map(job -> job.jobId().toString()).toList(),
        file.problems().stream()
            .map(p -> new ChangedFile.Problem(p.line(), p.column(), p.field(), p.message()))
            .toList());
  }
}
