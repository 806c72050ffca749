package io.crontopus.agent.desired;

/**
 * A manifest that does not run: nothing of it ever did, or it asks for what this agent cannot do.
 *
 * @param id the job's identity, as far as it can be told
 * @param namespace the namespace
 * @param name the job's name, else the file's
 * @param path the file
 * @param message file, line, column and what is wrong
 */
public record ManifestError(
    String id, String namespace, String name, String path, String message) {}
