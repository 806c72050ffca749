package io.crontopus.query.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/**
 * Names of schemas: those of their classes, with what they are nested in, or two controllers' pages
 * would be one schema.
 */
final class SchemaNames extends TypeNameResolver {

  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    return nameOf(type);
  }

  private static String nameOf(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    return around == null ? type.getSimpleName() : subject(around) + type.getSimpleName();
  }

  /** What a controller is about. */
  static String subject(Class<?> type) {
    return nameOf(type).replaceFirst("Controller$", "");
  }
}
