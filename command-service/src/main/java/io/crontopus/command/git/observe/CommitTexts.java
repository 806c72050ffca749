package io.crontopus.command.git.observe;

import io.crontopus.command.git.CommitSummary;
import java.time.Instant;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** A commit as the rest of the platform may see it: anybody can write anything into one. */
final class CommitTexts {
  private static final int MAX_NAME = 200;
  private static final int MAX_MESSAGE = 10_000;

  private CommitTexts() {}

  static CommitSummary summary(RevCommit commit) {
    PersonIdent author = commit.getAuthorIdent();
    return new CommitSummary(
        commit.name(),
        line(author == null ? "" : author.getName()),
        line(author == null ? "" : author.getEmailAddress()),
        text(commit.getFullMessage()),
        Instant.ofEpochSecond(Integer.toUnsignedLong(commit.getCommitTime())));
  }

  private static String line(String text) {
    return cut(text.replaceAll("\\p{Cntrl}", " ").strip(), MAX_NAME);
  }

  private static String text(String text) {
    return cut(text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "").strip(), MAX_MESSAGE);
  }

  /** Never cuts a character in two. */
  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }
}
