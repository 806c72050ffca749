/** Providers, and what is spoken with them: OpenID Connect, and GitHub's dialect of OAuth 2. */
@NullMarked
package io.crontopus.command.sso.provider;

import org.jspecify.annotations.NullMarked;
