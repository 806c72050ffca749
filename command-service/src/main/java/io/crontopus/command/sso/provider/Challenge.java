package io.crontopus.command.sso.provider;

import java.net.URI;

/**
 * What one sign-in sends to the provider, and expects back.
 *
 * @param state tells which sign-in an answer belongs to
 * @param nonce is in the token that answers it, and in no other
 * @param verifier proves that who redeems a code is who asked for it; 43 characters
 * @param redirect where the browser comes back to: each provider has an address of its own, so that
 *     an answer of one is never taken for another's
 */
public record Challenge(String state, String nonce, String verifier, URI redirect) {}
