package io.crontopus.agent.run;

import io.crontopus.agent.config.SchedulerChoice;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --scheduler}. */
public final class SchedulerOption implements ITypeConverter<SchedulerChoice> {

  @Override
  public SchedulerChoice convert(String value) {
    try {
      return SchedulerChoice.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + value + "' is none of auto, cron, embedded");
    }
  }
}
