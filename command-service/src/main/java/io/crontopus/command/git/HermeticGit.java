package io.crontopus.command.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit away from the machine's and the user's Git configuration: a server must not change its
 * rules with the home directory it is started from, nor write there.
 */
final class HermeticGit extends SystemReader.Delegate {
  private HermeticGit(SystemReader machine) {
    super(machine);
  }

  /** Takes effect for the whole process; harmless when repeated. */
  static synchronized void install() {
    if (!(SystemReader.getInstance() instanceof HermeticGit)) {
      SystemReader.setInstance(new HermeticGit(SystemReader.getInstance()));
    }
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  private static final class Nothing extends FileBasedConfig {
    Nothing(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {
      // no file
    }

    @Override
    public void save() {
      // kept in memory
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
