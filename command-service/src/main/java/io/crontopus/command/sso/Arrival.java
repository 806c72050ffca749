package io.crontopus.command.sso;

import io.crontopus.command.sso.provider.Person;

/**
 * Somebody who has come back from a provider, and has yet to be let in.
 *
 * @param attemptId counts once: whoever takes it lets them in
 */
record Arrival(String attemptId, String provider, Person person, String returnTo) {}
