package io.crontopus.web;

import java.util.regex.Pattern;

/** Ids in paths. */
public final class PathIds {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private PathIds() {}

  /**
   * The id, which can be one.
   *
   * @throws Problem 404 when it cannot: then there is no such thing
   */
  public static String uuid(String id, String what) {
    if (!UUID.matcher(id).matches()) {
      throw Problem.notFound(what);
    }
    return id;
  }
}
