package io.crontopus.agent.git;

import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.enroll.Endpoint;
import io.crontopus.manifest.ManifestParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The tenant's repository, fetched into a bare one; manifests are read from its trees. */
public final class ManifestRepository implements AutoCloseable {

  private static final String FETCHED = "refs/crontopus/desired";
  private static final int SECONDS = 60;
  private static final int MOST_PACKS = 50;

  /** One byte more than a manifest may have: the parser then says that it is too long. */
  private static final int MOST_BYTES = (1 << 20) + 1;

  private final Git git;
  private final Endpoint endpoint;
  private final Supplier<String> token;

  private ManifestRepository(Git git, Endpoint endpoint, Supplier<String> token) {
    this.git = git;
    this.endpoint = endpoint;
    this.token = token;
  }

  /** Opens the copy, making an empty one at first, or in place of one that cannot be read. */
  public static ManifestRepository open(DataDir data, Endpoint endpoint, Supplier<String> token)
      throws IOException {
    IsolatedSystemReader.install(data);
    try {
      Path folder = data.git();
      if (!Files.exists(folder.resolve("HEAD"))) {
        Git.init().setBare(true).setGitDir(folder.toFile()).call().close();
      }
      return new ManifestRepository(Git.open(folder.toFile()), endpoint, token);
    } catch (GitAPIException e) {
      throw new IOException("cannot make a repository in " + data.git() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Gets what is new.
   *
   * @return the branch's commit; empty while the repository has no such branch
   * @throws IOException when the repository cannot be reached or refuses the token
   */
  public Optional<String> fetch() throws IOException {
    try {
      git.fetch()
          .setRemote(endpoint.gitUrl().toString())
          .setRefSpecs(new RefSpec("+refs/heads/" + endpoint.gitBranch() + ":" + FETCHED))
          .setCredentialsProvider(new UsernamePasswordCredentialsProvider("agent", token.get()))
          .setTagOpt(TagOpt.NO_TAGS)
          .setTimeout(SECONDS)
          .call();
      collectGarbage();
      return fetched();
    } catch (TransportException e) {
      if (String.valueOf(e.getMessage()).contains("does not have")) {
        return Optional.empty();
      }
      throw new IOException(String.valueOf(e.getMessage()), e);
    } catch (GitAPIException e) {
      throw new IOException("cannot fetch " + endpoint.gitUrl() + ": " + e.getMessage(), e);
    }
  }

  /** The commit that was fetched last. */
  public Optional<String> fetched() throws IOException {
    @Nullable Ref ref = git.getRepository().exactRef(FETCHED);
    return Optional.ofNullable(ref).map(Ref::getObjectId).map(ObjectId::name);
  }

  /** Whether the commit is here. */
  public boolean has(String commit) throws IOException {
    return git.getRepository().getObjectDatabase().has(ObjectId.fromString(commit));
  }

  /** The manifest files of a commit by their path. */
  public Map<String, byte[]> manifests(String commit) throws IOException {
    Map<String, byte[]> manifests = new TreeMap<>();
    Repository repository = git.getRepository();
    try (ObjectReader reader = repository.newObjectReader();
        RevWalk commits = new RevWalk(reader);
        TreeWalk files = new TreeWalk(reader)) {
      files.addTree(commits.parseCommit(ObjectId.fromString(commit)).getTree());
      files.setRecursive(true);
      while (files.next()) {
        boolean regular = (files.getRawMode(0) & 0170000) == 0100000;
        if (regular && ManifestParser.isManifest(files.getPathString())) {
          manifests.put(files.getPathString(), content(reader.open(files.getObjectId(0))));
        }
      }
    }
    return manifests;
  }

  private static byte[] content(ObjectLoader loader) throws IOException {
    try (var stream = loader.openStream()) {
      return stream.readNBytes(MOST_BYTES);
    }
  }

  /** Whether one commit's history has the other. */
  public boolean isAncestor(String ancestor, String commit) throws IOException {
    try (RevWalk walk = new RevWalk(git.getRepository())) {
      return walk.isMergedInto(
          walk.parseCommit(ObjectId.fromString(ancestor)),
          walk.parseCommit(ObjectId.fromString(commit)));
    } catch (MissingObjectException e) {
      return false;
    }
  }

  private void collectGarbage() throws GitAPIException, IOException {
    Path packs = git.getRepository().getDirectory().toPath().resolve("objects/pack");
    if (!Files.isDirectory(packs)) {
      return;
    }
    long count;
    try (Stream<Path> files = Files.list(packs)) {
      count = files.filter(file -> file.toString().endsWith(".pack")).count();
    }
    if (count > MOST_PACKS) {
      git.gc().call();
    }
  }

  @Override
  public void close() {
    git.close();
  }
}
