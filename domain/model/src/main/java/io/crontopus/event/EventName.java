package io.crontopus.event;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which an event is stored, for ever. The class may be renamed or moved; the name
 * may not.
 *
 * <p>A change of an event's shape raises Axon's {@code @Revision} and comes with an upcaster.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventName {
  String value();
}
