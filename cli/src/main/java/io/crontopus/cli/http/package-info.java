/** Talking to the platform: requests, problem documents, pages and live streams. */
@NullMarked
package io.crontopus.cli.http;

import org.jspecify.annotations.NullMarked;
