package io.crontopus.command.run.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the intake of check-ins, prefix {@code crontopus.check-ins}.
 *
 * @param lanes how many transactions may be prepared at the same time; they commit one after the
 *     other
 * @param batchSize how many commands go into one transaction at most
 * @param gather how long a busy lane gathers commands for one transaction, at most and while more
 *     keep coming; a lane that is not busy never waits
 * @param waiting how many commands may wait; more are told to come back later. Bounds the memory,
 *     and how long those that were accepted wait
 * @param patience how long a command waits for a database that does not answer before it is told to
 *     come back later
 */
@ConfigurationProperties("crontopus.check-ins")
public record IntakeSettings(
    @DefaultValue("2") int lanes,
    @DefaultValue("1000") int batchSize,
    @DefaultValue("8ms") Duration gather,
    @DefaultValue("4000") int waiting,
    @DefaultValue("5s") Duration patience) {}
