package io.crontopus.agent.desired;

import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.git.ManifestRepository;
import io.crontopus.manifest.ManifestParser;
import io.crontopus.manifest.ParsedManifest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Loads what a commit says, and remembers it. */
public final class DesiredStates {

  private final DataDir data;
  private final ManifestRepository repository;
  private final Selection selection;
  private @Nullable DesiredState loaded;
  private @Nullable LastGood lastGood;

  /** States from a repository, for one endpoint. */
  public DesiredStates(DataDir data, ManifestRepository repository, Selection selection) {
    this.data = data;
    this.repository = repository;
    this.selection = selection;
  }

  /** The state that was applied last, from disk; empty when there is none yet. */
  public Optional<DesiredState> last() throws IOException {
    Optional<LastGood> last = LastGood.read(data);
    return last.isPresent() && repository.has(last.get().commit())
        ? Optional.of(load(last.get().commit()))
        : Optional.empty();
  }

  /** What a commit says. */
  public DesiredState load(String commit) throws IOException {
    if (loaded != null && loaded.commit().equals(commit)) {
      return loaded;
    }
    Map<String, byte[]> older = olderContents(commit);
    Map<String, byte[]> fallbacks = new TreeMap<>();
    Selection.Picked picked = selection.begin();
    for (Map.Entry<String, byte[]> file : repository.manifests(commit).entrySet()) {
      ParsedManifest parsed = ManifestParser.parse(file.getKey(), file.getValue());
      Optional<ParsedManifest> good = Optional.empty();
      byte @Nullable [] before = older.get(file.getKey());
      if (!parsed.isValid() && before != null) {
        good = Optional.of(ManifestParser.parse(file.getKey(), before));
        fallbacks.put(file.getKey(), before);
      }
      picked.add(parsed, good);
    }
    DesiredState state = picked.state(commit);
    lastGood = new LastGood(commit, fallbacks);
    loaded = state;
    return state;
  }

  /** Remembers on disk that the state that was loaded last is in force. */
  public void remember() throws IOException {
    if (lastGood != null) {
      lastGood.write(data);
    }
  }

  /** For every file the last content that was good, as far as it is known. */
  private Map<String, byte[]> olderContents(String commit) throws IOException {
    Optional<LastGood> last = LastGood.read(data);
    if (last.isEmpty()) {
      return Map.of();
    }
    Map<String, byte[]> contents = new TreeMap<>();
    if (!last.get().commit().equals(commit) && repository.has(last.get().commit())) {
      contents.putAll(repository.manifests(last.get().commit()));
    }
    contents.putAll(last.get().fallbacks());
    return contents;
  }
}
