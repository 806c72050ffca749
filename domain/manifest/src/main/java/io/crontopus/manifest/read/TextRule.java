package io.crontopus.manifest.read;

import io.crontopus.manifest.yaml.YamlScalar;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a text must look like. */
@FunctionalInterface
interface TextRule {

  /** What is wrong with a text and what would be right; nothing when it is good. */
  Optional<String> problemWith(String text);

  TextRule ANY = text -> Optional.empty();

  TextRule NOT_BLANK = rule(text -> !text.isBlank(), "must not be empty");

  TextRule NAME =
      pattern(
          "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
          "is not a name; write at most 63 lower-case letters, digits and '-', with a letter or"
              + " digit first and last");

  TextRule JOB_REFERENCE =
      pattern(
          "([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
          "is not a job; write its name, or namespace/name");

  TextRule LABEL_KEY =
      pattern(
          "[A-Za-z0-9]([-_./A-Za-z0-9]{0,126}[A-Za-z0-9])?",
          "is not a label's name; write at most 128 letters, digits, '-', '_', '.' and '/', with a"
              + " letter or digit first and last");

  TextRule LABEL_VALUE =
      pattern("\\P{Cc}{0,256}", "is not a label's value; write one line of at most 256 characters");

  TextRule ANNOTATION_VALUE =
      rule(text -> text.length() <= 16_384, "is longer than 16,384 characters");

  TextRule ENV_NAME =
      pattern(
          "[A-Za-z_][A-Za-z0-9_]*",
          "is not a variable's name; write letters, digits and '_', with no digit first");

  TextRule ABSOLUTE_PATH =
      pattern(
          "(/|[A-Za-z]:[\\\\/])\\P{Cc}*", "must be an absolute path, as /opt/backups on one line");

  TextRule USER =
      pattern(
          "[^\\p{Cc}\\s:-][^\\p{Cc}\\s:]{0,255}",
          "is not a user's name; it has no blanks and no ':', and does not start with '-'");

  TextRule IMAGE =
      pattern(
          "[A-Za-z0-9][-A-Za-z0-9_.:/@]{0,511}",
          "is not an image; write registry/name:tag or @digest");

  TextRule COMMAND =
      NOT_BLANK.and(rule(text -> text.length() <= 65_536, "is longer than 65,536 characters"));

  TextRule REGEX =
      text -> {
        if (text.isEmpty() || text.length() > 1_000) {
          return Optional.of("must be a regular expression of 1 to 1,000 characters");
        }
        try {
          Pattern.compile(text);
          return Optional.empty();
        } catch (PatternSyntaxException e) {
          String where = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
          return Optional.of("is no regular expression: " + e.getDescription() + where);
        }
      };

  static TextRule rule(Predicate<String> good, String problem) {
    return text -> good.test(text) ? Optional.empty() : Optional.of(problem);
  }

  static TextRule pattern(String regex, String problem) {
    Pattern pattern = Pattern.compile(regex);
    return text ->
        pattern.matcher(text).matches()
            ? Optional.empty()
            : Optional.of("\"" + YamlScalar.shorten(text) + "\" " + problem);
  }

  default TextRule and(TextRule other) {
    return text -> problemWith(text).or(() -> other.problemWith(text));
  }
}
