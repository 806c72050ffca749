package io.crontopus.command.login.device;

import io.crontopus.command.PlatformSettings;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.login.Sessions;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.UserStore;
import io.crontopus.web.BlockingWork;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the logins of programs that have no browser. */
@Configuration(proxyBeanMethods = false)
public class DeviceLoginConfiguration {

  @Bean
  DeviceController deviceController(
      TenantDatabase database,
      UserStore users,
      Sessions sessions,
      Facts facts,
      BlockingWork blocking,
      PlatformSettings settings,
      Clock clock) {
    DeviceStore store = new DeviceStore(database);
    return new DeviceController(
        new DeviceLogins(store, users, sessions, facts, clock),
        blocking,
        settings.publicUrl() + "/device");
  }
}
