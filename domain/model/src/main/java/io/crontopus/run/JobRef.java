package io.crontopus.run;

/** A job as check-ins name it: its namespace and its name. */
public record JobRef(String namespace, String name) {}
