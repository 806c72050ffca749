package io.crontopus.agent.cron;

import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.config.DriftPolicy;
import io.crontopus.agent.crontab.BlockMarkers;
import io.crontopus.agent.crontab.Crontab;
import io.crontopus.agent.crontab.CrontabBackups;
import io.crontopus.agent.crontab.CrontabDocument;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.agent.reconcile.JobTable;
import io.crontopus.agent.reconcile.TableChange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Logger;

/** The managed block of a user's crontab. */
public final class CronTable implements JobTable {

  private static final Logger LOG = Logger.getLogger(CronTable.class.getName());
  private static final int TRIES = 5;

  /** More than the unit in which cron compares times. */
  private static final Duration SETTLING = Duration.ofMillis(1_100);

  private final Crontab crontab;
  private final BlockMarkers markers;
  private final CrontabBackups backups;
  private final WrittenBlock written;
  private final BlockLines lines;
  private final DueFiles dueFiles;
  private final DriftPolicy policy;
  private final Duration settling;
  private final CronDaemon daemon = new CronDaemon();

  /** The block that the agent of this data folder manages. */
  public CronTable(DataDir data, AgentConfig config, Clock clock) {
    this(data, config, clock, SETTLING);
  }

  /**
   * As the other, for another cron.
   *
   * @param settling after so long a second change to the table cannot be mistaken for the first
   */
  CronTable(DataDir data, AgentConfig config, Clock clock, Duration settling) {
    this.crontab = new Crontab(config.crontab());
    this.markers = BlockMarkers.of(data);
    this.backups = new CrontabBackups(data.backups(), config.crontab().backups(), clock);
    this.written = new WrittenBlock(data);
    ZoneId host = config.crontab().timezone().orElseGet(HostZone::find);
    this.lines = new BlockLines(data.wrapper(), host, clock);
    this.dueFiles = new DueFiles(data, clock);
    this.policy = config.drift();
    this.settling = settling;
  }

  @Override
  public String name() {
    return "cron";
  }

  @Override
  public boolean isAlive() {
    return daemon.isRunning();
  }

  @Override
  public TableChange compare(List<ScheduledJob> wanted) throws IOException {
    return compare(crontab.read(), wanted).change();
  }

  /**
   * {@inheritDoc} Reads the table again right before it is written, so that an edit that somebody
   * makes meanwhile is not lost, and after it, so that the change is known to be there.
   */
  @Override
  public TableChange apply(List<ScheduledJob> wanted) throws IOException {
    for (ScheduledJob job : wanted) {
      dueFiles.refresh(job, lines.times(job));
    }
    for (int i = 0; i < TRIES; i++) {
      byte[] now = crontab.read();
      Comparison comparison = compare(now, wanted);
      if (comparison.change().diff().isEmpty()) {
        written.done(comparison.canonical());
        return comparison.change();
      }
      backups.keep(now);
      written.begin(comparison.canonical());
      if (Arrays.equals(crontab.read(), now) && replace(comparison)) {
        written.done(comparison.canonical());
        settle();
        return comparison.change();
      }
      LOG.info("the crontab changed while it was being edited; starting again");
    }
    throw new IOException("somebody else keeps changing the crontab; nothing was changed");
  }

  private Comparison compare(byte[] now, List<ScheduledJob> wanted) throws IOException {
    CrontabDocument document = CrontabDocument.parse(now, markers);
    return Comparison.of(now, document, wanted, lines, written, policy);
  }

  /** Writes the table and reads it back; false when it is not what was written. */
  private boolean replace(Comparison comparison) throws IOException {
    byte[] after = comparison.after().bytes();
    try {
      crontab.write(after);
    } catch (IOException e) {
      if (after.length == 0 || after[after.length - 1] == '\n') {
        throw e;
      }
      // The table came without a final line break, which most crontab programs refuse to install.
      after = Arrays.copyOf(after, after.length + 1);
      after[after.length - 1] = '\n';
      crontab.write(after);
    }
    return Arrays.equals(crontab.read(), after);
  }

  /**
   * Installs the table again a little later. Cron takes a table for unchanged when it was changed
   * in the same second as it was read, which happens when somebody else changed one right before,
   * or as cron starts: the change would wait for the next one, and jobs would silently not run.
   */
  private void settle() {
    try {
      Thread.sleep(settling);
      byte[] table = crontab.read();
      if (table.length > 0) {
        crontab.write(table);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warning("the crontab could not be installed a second time: " + e.getMessage());
    }
  }
}
