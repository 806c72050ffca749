package io.crontopus.command.git.http;

import io.crontopus.command.git.GitRepositories;
import io.crontopus.command.git.GitSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * What a push may do. Branches and tags have names that every system can keep apart, and there are
 * only so many of them. The branch main only moves forward, because its history is the record of
 * who changed what, and holds ordinary files only, because agents check it out.
 */
final class MainRules implements PreReceiveHook {
  private static final int MAX_DEPTH = 32;

  /** A ref is a file while it is new, and its lock has a longer name. */
  private static final int MAX_NAME = 200;

  private final int maxFiles;
  private final int maxRefs;

  MainRules(GitSettings settings) {
    this.maxFiles = settings.maxFiles();
    this.maxRefs = settings.maxRefs();
  }

  @Override
  public void onPreReceive(ReceivePack pack, Collection<ReceiveCommand> commands) {
    long refs = refs(pack.getRepository());
    for (ReceiveCommand command : commands) {
      Optional<String> objection = objection(pack.getRepository(), command);
      if (objection.isEmpty()
          && command.getType() == ReceiveCommand.Type.CREATE
          && ++refs > maxRefs) {
        objection = Optional.of("there are %d branches and tags already".formatted(maxRefs));
      }
      objection.ifPresent(
          why -> {
            command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, why);
            pack.sendMessage(command.getRefName() + ": " + why);
          });
    }
  }

  private static long refs(Repository repository) {
    try {
      return repository
          .getRefDatabase()
          .getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)
          .size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> objection(Repository repository, ReceiveCommand command) {
    String ref = command.getRefName();
    if (!VisibleRefs.isPublic(ref)) {
      return Optional.of("only branches and tags can be pushed");
    }
    if (command.getType() == ReceiveCommand.Type.CREATE && ref.length() > MAX_NAME) {
      return Optional.of("the name is longer than " + MAX_NAME + " characters");
    }
    if (ref.substring(ref.lastIndexOf('/') + 1).equalsIgnoreCase(Constants.HEAD)
        && command.getType() == ReceiveCommand.Type.CREATE) {
      // As a client makes of "git push origin HEAD:HEAD"; nobody could tell it from what is checked
      // out.
      return Optional.of("nothing can be called HEAD");
    }
    if (!ref.equals(GitRepositories.MAIN) && ref.equalsIgnoreCase(GitRepositories.MAIN)) {
      return Optional.of("some systems cannot tell the name from main's");
    }
    if (!ref.equals(GitRepositories.MAIN)) {
      return Optional.empty();
    }
    return switch (command.getType()) {
      case DELETE -> Optional.of("main cannot be deleted: its history is the audit trail");
      case UPDATE_NONFASTFORWARD ->
          Optional.of("main only moves forward: fetch, merge or rebase, and push again");
      case CREATE, UPDATE -> content(repository, command.getNewId());
    };
  }

  private Optional<String> content(Repository repository, ObjectId head) {
    try (RevWalk walk = new RevWalk(repository)) {
      RevObject object = walk.parseAny(head);
      return object instanceof RevCommit commit
          ? content(repository, commit)
          : Optional.of("main must be a commit");
    } catch (IOException e) {
      return Optional.of("the pushed tree cannot be read: " + e.getMessage());
    }
  }

  /** Stops at the first objection, and at a number of files: trees can be made to never end. */
  private Optional<String> content(Repository repository, RevCommit commit) throws IOException {
    try (TreeWalk tree = new TreeWalk(repository)) {
      tree.addTree(commit.getTree());
      tree.setRecursive(false);
      int entries = 0;
      while (tree.next()) {
        FileMode mode = tree.getFileMode(0);
        if (++entries > maxFiles) {
          return Optional.of("main holds more than " + maxFiles + " files and folders");
        } else if (FileMode.SYMLINK.equals(mode)) {
          return Optional.of("symbolic links are not allowed: " + tree.getPathString());
        } else if (FileMode.GITLINK.equals(mode)) {
          return Optional.of("submodules are not allowed: " + tree.getPathString());
        } else if (tree.getDepth() > MAX_DEPTH) {
          return Optional.of("folders are nested too deep: " + tree.getPathString());
        } else if (tree.isSubtree()) {
          tree.enterSubtree();
        }
      }
      return Optional.empty();
    }
  }
}
