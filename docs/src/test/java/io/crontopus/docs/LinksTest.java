package io.crontopus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinksTest {

  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : Pages.all()) {
      Matcher link = LINK.matcher(Pages.prose(page));
      while (link.find()) {
        Path target =
            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        String anchor = link.group(2);
        if (!Files.exists(target)) {
          broken.add(Pages.root().relativize(page) + ": " + link.group());
        } else if (anchor != null
            && target.toString().endsWith(".md")
            && !Pages.anchors(target).contains(anchor)) {
          broken.add(Pages.root().relativize(page) + ": no heading for " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsLinkedFromTheIndex() {
    Path docs = Pages.root().resolve("docs");
    Set<Path> linked = linked(docs.resolve("README.md"));
    linked.addAll(linked(docs.resolve("adr/README.md")));
    Set<Path> pages =
        Pages.all().stream()
            .filter(page -> page.startsWith(docs) && !page.endsWith("README.md"))
            .collect(Collectors.toSet());
    assertThat(linked).containsAll(pages);
  }

  private static Set<Path> linked(Path page) {
    Stream<Path> targets =
        LINK.matcher(Pages.prose(page))
            .results()
            .map(link -> page.resolveSibling(link.group(1)).normalize());
    return targets.collect(Collectors.toSet());
  }
}
