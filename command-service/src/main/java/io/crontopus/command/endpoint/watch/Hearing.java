package io.crontopus.command.endpoint.watch;

import java.time.Instant;

/**
 * How far the platform's knowledge of heartbeats reaches. Judgements are made as of {@code until},
 * never as of now: when heartbeats are processed late, or not at all, it stands still, and so does
 * every judgement.
 *
 * @param until everything that was heard until then is known
 * @param since since when somebody has listened without a break; silence before is nobody's fault
 */
record Hearing(Instant until, Instant since) {}
