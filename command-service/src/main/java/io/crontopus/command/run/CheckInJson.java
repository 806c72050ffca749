package io.crontopus.command.run;

import io.crontopus.command.run.CheckInController.Batch;
import io.crontopus.command.run.CheckInParser.NotPlain;
import io.crontopus.web.QuickJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bodies of the two routes for check-ins. */
final class CheckInJson {

  private CheckInJson() {}

  /** What reads a body from its first token on. */
  private interface Body<T> {
    T read(JsonParser in) throws NotPlain;
  }

  /** One check-in. */
  static QuickJson<CheckInRequest> single(JsonMapper json) {
    return quick(CheckInRequest.class, json, CheckInParser::read);
  }

  /** Many check-ins. */
  static QuickJson<Batch> batch(JsonMapper json) {
    return quick(Batch.class, json, CheckInJson::readBatch);
  }

  private static Batch readBatch(JsonParser in) throws NotPlain {
    @Nullable List<@Nullable CheckInRequest> checkIns = null;
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      JsonToken value = in.nextToken();
      if (!name.equals("checkins")) {
        in.skipChildren();
      } else if (value == JsonToken.START_ARRAY) {
        checkIns = readItems(in);
      } else {
        throw new NotPlain();
      }
    }
    if (in.currentToken() != JsonToken.END_OBJECT) {
      throw new NotPlain();
    }
    return new Batch(checkIns);
  }

  private static List<@Nullable CheckInRequest> readItems(JsonParser in) throws NotPlain {
    List<@Nullable CheckInRequest> items = new ArrayList<>();
    for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
      if (next != JsonToken.START_OBJECT) {
        throw new NotPlain();
      }
      items.add(CheckInParser.read(in));
    }
    return items;
  }

  private static <T> QuickJson<T> quick(Class<T> type, JsonMapper json, Body<T> object) {
    return new QuickJson<>() {
      @Override
      public Class<T> type() {
        return type;
      }

      @Override
      public @Nullable T read(byte[] body) {
        try (JsonParser in = json.createParser(body)) {
          if (in.nextToken() != JsonToken.START_OBJECT) {
            return null;
          }
          T read = object.read(in);
          return in.nextToken() == null ? read : null;
        } catch (NotPlain | JacksonException e) {
          return null;
        }
      }
    };
  }
}
