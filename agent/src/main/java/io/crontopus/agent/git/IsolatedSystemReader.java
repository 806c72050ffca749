package io.crontopus.agent.git;

import io.crontopus.agent.data.DataDir;
import java.io.File;
import java.io.IOException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit to the data folder: it neither reads the user's and the machine's Git settings, which
 * are for people, nor writes its own into the user's home.
 *
 * <p>JGit has one such reader a process; the agent sets it when it opens its repository.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {

  private final File folder;

  private IsolatedSystemReader(SystemReader delegate, File folder) {
    super(delegate);
    this.folder = folder;
  }

  static void install(DataDir data) {
    SystemReader current = SystemReader.getInstance();
    if (!(current instanceof IsolatedSystemReader)) {
      SystemReader.setInstance(new IsolatedSystemReader(current, data.state().toFile()));
    }
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return empty("git-system.config", parent, fs);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return empty("git-user.config", parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return empty("jgit.config", parent, fs);
  }

  @Override
  public StoredConfig getSystemConfig() throws ConfigInvalidException, IOException {
    return openSystemConfig(new Config(), FS.DETECTED);
  }

  @Override
  public StoredConfig getUserConfig() throws ConfigInvalidException, IOException {
    return openUserConfig(new Config(), FS.DETECTED);
  }

  @Override
  public StoredConfig getJGitConfig() throws ConfigInvalidException, IOException {
    return openJGitConfig(new Config(), FS.DETECTED);
  }

  private FileBasedConfig empty(String name, Config parent, FS fs) {
    return new FileBasedConfig(parent, new File(folder, name), fs);
  }
}
