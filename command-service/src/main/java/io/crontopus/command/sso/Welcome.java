package io.crontopus.command.sso;

import io.crontopus.command.login.Sessions.Tokens;
import io.crontopus.command.user.InvitedPeople.Open;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody hears who has come back from a provider.
 *
 * @param state {@code signed-in}, with the tokens; {@code confirm}: an existing user has this
 *     address, and has to agree; {@code invited}: choose an invitation and a user name; {@code
 *     new}: choose a user name for a tenant of one's own; {@code linked}: the account is linked,
 *     the session that there was goes on
 * @param email the address that the provider vouches for
 * @param name what the provider says they are called
 * @param invitations to choose from
 * @param returnTo where they wanted to go
 */
record Welcome(
    String state,
    String provider,
    @Nullable String accessToken,
    @Nullable String refreshToken,
    @Nullable String tokenType,
    @Nullable Long expiresIn,
    @Nullable String email,
    @Nullable String name,
    List<Invited> invitations,
    String returnTo) {

  /** What it comes to. */
  enum State {
    SIGNED_IN,
    CONFIRM,
    INVITED,
    NEW,
    LINKED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** An invitation to choose. */
  record Invited(String id, String tenantId, String role) {}

  static Welcome signedIn(Tokens tokens, Arrival arrival) {
    return new Welcome(
        State.SIGNED_IN.wireName(),
        arrival.provider(),
        tokens.accessToken(),
        tokens.refreshToken(),
        tokens.tokenType(),
        tokens.expiresIn(),
        null,
        null,
        List.of(),
        arrival.returnTo());
  }

  static Welcome asking(State state, Arrival arrival, List<Open> invitations) {
    return new Welcome(
        state.wireName(),
        arrival.provider(),
        null,
        null,
        null,
        null,
        arrival.person().verifiedEmail(),
        arrival.person().name(),
        invitations.stream()
            .map(open -> new Invited(open.id(), open.tenantId(), open.role()))
            .toList(),
        arrival.returnTo());
  }
}
