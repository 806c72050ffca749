package io.crontopus.command.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** How a tenant's repository looks on its first day. */
final class NewRepository {
  private static final Map<String, String> FILES =
      Map.of(
          "README.md",
          """
          # Job manifests

          What should run, and when. Every `*.yaml` or `*.yml` file on the branch `main` describes one
          or more jobs; agents put them into their machine's scheduler a moment after a push.

          | folder | what is in it |
          |---|---|
          | `default/` | jobs of the namespace `default`; any other top folder is a namespace of its own |
          | `discovered/` | jobs that agents found on their machines and left as they are |

          `main` only moves forward: its history is the record of who changed what. A file with
          mistakes is accepted, the push says what is wrong with it, and the file's last good version
          stays in force until it is mended.
          """,
          "default/README.md",
          """
          Jobs of the namespace `default`: one file a job, for example `daily-backup.yaml`:

          ```yaml
          apiVersion: v1
          kind: Job
          metadata:
            name: daily-backup
          spec:
            schedule: "0 2 * * *"
            command: /opt/scripts/backup.sh
          ```
          """,
          "discovered/README.md",
          """
          Jobs that agents found on their machines. They are shown, never touched.
          """);

  private NewRepository() {}

  static void build(Path folder, Instant now) throws IOException {
    try (Repository repository =
        new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build()) {
      repository.create(true);
      configure(repository.getConfig());
      repository.updateRef(Constants.HEAD).link(GitRepositories.MAIN);
      startMain(repository, now);
    }
  }

  private static void configure(StoredConfig config) throws IOException {
    config.setBoolean("core", null, "fsyncObjectFiles", true);
    config.setBoolean("core", null, "fsyncRefFiles", true);
    config.setBoolean("core", null, "logAllRefUpdates", true); // who pushed is read from there
    config.setBoolean("receive", null, "autogc", false); // done apart, one repository at a time
    config.setInt("gc", null, "auto", 1000);
    config.setInt("gc", null, "autoPackLimit", 30);
    config.setBoolean("gc", null, "autoDetach", false);
    config.setBoolean("gc", null, "packRefs", false); // locks refs, and there are few
    config.save();
  }

  private static void startMain(Repository repository, Instant now) throws IOException {
    PersonIdent system = new PersonIdent("Crontopus", "crontopus@localhost", now, ZoneOffset.UTC);
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(inserter));
      commit.setAuthor(system);
      commit.setCommitter(system);
      commit.setMessage("Start the repository of job manifests\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      RefUpdate main = repository.updateRef(GitRepositories.MAIN);
      main.setNewObjectId(id);
      main.setExpectedOldObjectId(ObjectId.zeroId());
      main.setRefLogIdent(system);
      main.setRefLogMessage("created", false);
      RefUpdate.Result result = main.update();
      if (result != RefUpdate.Result.NEW) {
        throw new IOException("cannot start the branch main: " + result);
      }
    }
  }

  private static ObjectId tree(ObjectInserter inserter) throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(FileMode.REGULAR_FILE);
      byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
      entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, content));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }
}
