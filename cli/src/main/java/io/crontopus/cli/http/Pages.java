package io.crontopus.cli.http;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import tools.jackson.databind.JsonNode;

/** A list that is fetched page by page while it is read. */
public final class Pages implements Iterable<JsonNode> {
  private static final int LARGEST_PAGE = 1000;

  private final ApiClient api;
  private final String path;
  private final Query query;
  private final String key;
  private long remaining;
  private Iterator<JsonNode> page = List.<JsonNode>of().iterator();
  private String cursor = "";
  private boolean isLastPage;

  Pages(ApiClient api, String path, Query query, String key, long limit) {
    this.api = api;
    this.path = path;
    this.query = query;
    this.key = key;
    this.remaining = limit;
  }

  /** The elements from here on; they can be read once. */
  @Override
  public Iterator<JsonNode> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return hasElement();
      }

      @Override
      public JsonNode next() {
        return nextElement();
      }
    };
  }

  private boolean hasElement() {
    while (remaining > 0 && !page.hasNext() && !isLastPage) {
      fetch();
    }
    return remaining > 0 && page.hasNext();
  }

  private JsonNode nextElement() {
    if (!hasElement()) {
      throw new NoSuchElementException();
    }
    remaining--;
    return page.next();
  }

  /** Whether the list goes on beyond the limit. */
  public boolean hasMore() {
    return remaining == 0 && (page.hasNext() || !isLastPage);
  }

  private void fetch() {
    Query next =
        query
            .with("limit", Long.toString(Math.min(remaining, LARGEST_PAGE)))
            .with("cursor", cursor);
    JsonNode answer = api.get(path, next);
    page = answer.path(key).values().iterator();
    String following = answer.path("next_cursor").asString("");
    isLastPage = following.isEmpty() || following.equals(cursor);
    cursor = following;
  }
}
