package io.crontopus.standalone.data;

import org.jspecify.annotations.Nullable;

/**
 * The first user of a platform.
 *
 * @param url the platform
 * @param username name to sign in with
 * @param password password to sign in with
 * @param token an API token of that user; none while the first start is not complete
 * @param caFile the certificates to trust there; none over plain HTTP, or where others serve TLS
 */
public record Credentials(
    String url,
    String username,
    String password,
    @Nullable String token,
    @Nullable String caFile) {}
