package io.crontopus.agent.inventory;

import java.util.Optional;

/**
 * A job on this endpoint, as it is reported.
 *
 * @param job the job; without expressions when its manifest could not be read
 * @param state how it stands
 * @param message for people; empty when there is nothing to say
 */
public record JobInstance(ScheduledJob job, InstanceState state, Optional<String> message) {}
