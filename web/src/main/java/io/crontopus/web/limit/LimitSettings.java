package io.crontopus.web.limit;

import io.crontopus.web.edge.Network;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the limits, prefix {@code crontopus.limits}; each is a list of {@linkplain Rate
 * rates}, or {@code off}.
 *
 * @param login failed logins to one account from one address, and wrong passwords of somebody who
 *     has logged in
 * @param loginAddress failed logins from one address, to whatever accounts
 * @param loginAttempts logins from one address, the right ones too, and whatever else checks or
 *     hashes a password: that is work. The same for one user who has logged in, from wherever
 * @param register registrations from one address
 * @param device programs that ask to be let in, from one address
 * @param userCodes codes of such programs that are none, tried by one user
 * @param passwordReset links to reset a password, asked for from one address
 * @param sso requests of sign-ins by providers, three or four each, from one address
 * @param enroll enrollments from one address
 * @param endpoint requests of one endpoint: check-ins, heartbeats, everything
 * @param checkIns check-ins with one API token
 * @param api other requests with one API token or by one user
 * @param anonymous requests without a credential from one address, and those of Git clients
 * @param badCredentials requests from one address with credentials that are not valid
 * @param exempt addresses that only the limits on failed logins concern, unless a proxy asks for
 *     others: whoever is on the machine itself
 */
@ConfigurationProperties("crontopus.limits")
public record LimitSettings(
    @DefaultValue("5/m, 30/h, 100/d") Rates login,
    @DefaultValue("20/m, 200/h") Rates loginAddress,
    @DefaultValue("60/m") Rates loginAttempts,
    @DefaultValue("3/h") Rates register,
    @DefaultValue("10/m") Rates device,
    @DefaultValue("5/m, 30/h, 100/d") Rates userCodes,
    @DefaultValue("5/m, 20/h") Rates passwordReset,
    @DefaultValue("120/m") Rates sso,
    @DefaultValue("10/m") Rates enroll,
    @DefaultValue("50/s burst 500") Rates endpoint,
    @DefaultValue("off") Rates checkIns,
    @DefaultValue("100/s burst 1000") Rates api,
    @DefaultValue("100/s burst 1000") Rates anonymous,
    @DefaultValue("10/s burst 200") Rates badCredentials,
    @DefaultValue({"127.0.0.0/8", "::1/128"}) List<Network> exempt) {

  public LimitSettings {
    exempt = List.copyOf(exempt);
  }
}
