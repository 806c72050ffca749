package io.crontopus.command.run;

import io.crontopus.command.bus.Commands;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the check-ins. */
@Configuration(proxyBeanMethods = false)
public class CheckInConfiguration {

  @Bean
  CheckInController checkInController(Commands commands, Clock clock) {
    return new CheckInController(commands, new CheckInReader(clock));
  }

  @Bean(destroyMethod = "close")
  RunTimeouts runTimeouts(JdbcOpenRuns openRuns, Commands commands, Clock clock) {
    return RunTimeouts.start(openRuns, commands, clock);
  }
}
