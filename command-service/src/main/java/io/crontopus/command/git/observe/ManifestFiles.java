package io.crontopus.command.git.observe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.crontopus.manifest.ManifestParser;
import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.ParsedManifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Manifests read from Git; a version of a file that was read lately is not parsed again. */
final class ManifestFiles {
  private static final long CACHED_BYTES = 32L * 1024 * 1024;
  private static final int MAX_FILE = 1024 * 1024;
  private static final int OVERHEAD = 256;

  private final Cache<Key, Entry> cache =
      Caffeine.newBuilder()
          .maximumWeight(CACHED_BYTES)
          .weigher((Key key, Entry entry) -> entry.size() + OVERHEAD)
          .build();

  private record Key(String tenantId, String path, ObjectId blob) {}

  private record Entry(ParsedManifest manifest, int size) {}

  /** A file as it is in a tree. */
  record Version(ObjectId blob, ParsedManifest manifest) {}

  /** All manifests of a commit by path; none for no commit. */
  SortedMap<String, Version> of(String tenantId, Repository repository, @Nullable ObjectId commit)
      throws IOException {
    SortedMap<String, Version> files = new TreeMap<>();
    if (commit == null) {
      return files;
    }
    try (RevWalk walk = new RevWalk(repository);
        TreeWalk tree = new TreeWalk(walk.getObjectReader())) {
      tree.addTree(walk.parseCommit(commit).getTree());
      tree.setRecursive(true);
      while (tree.next()) {
        String path = tree.getPathString();
        if ((tree.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE
            && ManifestParser.isManifest(path)) {
          ObjectId blob = tree.getObjectId(0);
          files.put(path, new Version(blob, read(tenantId, path, blob, walk.getObjectReader())));
        }
      }
    }
    return files;
  }

  /** One version of one file. */
  ParsedManifest read(String tenantId, String path, ObjectId blob, ObjectReader reader)
      throws IOException {
    Key key = new Key(tenantId, path, blob);
    Entry known = cache.getIfPresent(key);
    if (known == null) {
      known = parse(key, reader.open(blob));
      cache.put(key, known);
    }
    return known.manifest();
  }

  private static Entry parse(Key key, ObjectLoader blob) throws IOException {
    if (blob.getSize() > MAX_FILE) {
      String message = "the file is larger than 1 MiB, which is the most that is read of one";
      return new Entry(
          new ParsedManifest(
              key.path(),
              List.of(),
              List.of(),
              List.of(new ManifestProblem(key.path(), 1, 1, "", message))),
          0);
    }
    byte[] content = blob.getCachedBytes(MAX_FILE);
    return new Entry(
        ManifestParser.parse(key.path(), content, Optional.of(key.tenantId())), content.length);
  }
}
