package io.crontopus.manifest;

/** The program that starts a job's container. */
public enum ContainerEngine {
  PODMAN,
  DOCKER
}
