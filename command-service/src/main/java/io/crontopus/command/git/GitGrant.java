package io.crontopus.command.git;

import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;

/**
 * What a credential opens, and for how long: a client may take minutes over what it was let into.
 *
 * @param principal who speaks Git with it
 * @param end completes when the credential does not open this any more, while somebody listens
 * @param stillGood asks anew whether it does; not for an event loop
 */
public record GitGrant(GitPrincipal principal, Mono<Void> end, BooleanSupplier stillGood) {}
