package io.crontopus.manifest;

/**
 * The container that a job's command runs in.
 *
 * @param image image reference, as the engine takes it
 * @param engine the program that starts it
 */
public record Container(String image, ContainerEngine engine) {}
