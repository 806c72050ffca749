package io.crontopus.standalone.database;

import java.util.concurrent.CompletableFuture;

/** A PostgreSQL that is up. */
public interface Database extends AutoCloseable {

  DatabaseSettings settings();

  /** What it is, for people: version and place. */
  String description();

  /** Completes when it ends although nobody closed it here. */
  CompletableFuture<Void> lost();

  @Override
  void close();
}
