package io.crontopus.cli.audit;

import io.crontopus.proof.tree.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event in an export.
 *
 * @param leaf the bytes that are hashed; null when the platform has the event no more
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares lines, and nobody changes the bytes
record EventLine(
    JsonNode json, long seq, Hash leafHash, byte @Nullable [] leaf, @Nullable Hash chain) {

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is none of an event
   */
  static EventLine of(JsonNode json) {
    if (!json.path("seq").isIntegralNumber() || !json.path("leaf_hash").isString()) {
      throw new IllegalArgumentException("it has no seq or no leaf_hash");
    }
    String leaf = json.path("leaf").asString("");
    String chain = json.path("chain").asString("");
    return new EventLine(
        json,
        json.path("seq").longValue(),
        Hash.ofBase64(json.path("leaf_hash").stringValue()),
        leaf.isEmpty() ? null : java.util.Base64.getDecoder().decode(leaf),
        chain.isEmpty() ? null : Hash.ofBase64(chain));
  }

  String type() {
    return json.path("type").asString("");
  }

  String time() {
    return json.path("time").asString("");
  }

  String tenantId() {
    return json.path("tenant_id").asString("");
  }
}
