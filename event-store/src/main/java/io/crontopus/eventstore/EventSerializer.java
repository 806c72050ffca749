package io.crontopus.eventstore;

import io.crontopus.event.EventCatalog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Events as JSON under their stable names.
 *
 * <p>It reads the events of the {@link EventCatalog} and the framework's own types (tokens,
 * metadata), and nothing else: no class is ever chosen by what a stored row says.
 */
public final class EventSerializer extends Jackson3Serializer {

  private static final String FRAMEWORK = "org.axonframework.";

  private static final TypeReference<Map<String, String>> METADATA = new TypeReference<>() {};

  /**
   * Looking for annotations anew would cost each event more than writing it; there are as many as
   * classes.
   */
  private final Map<Class<?>, SerializedType> types = new ConcurrentHashMap<>();

  private EventSerializer(Builder builder) {
    super(builder);
  }

  /** A serializer; it can be shared. */
  public static EventSerializer create() {
    BasicPolymorphicTypeValidator frameworkOnly =
        BasicPolymorphicTypeValidator.builder().allowIfSubType(FRAMEWORK).build();
    return new EventSerializer(
        Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(json -> json.polymorphicTypeValidator(frameworkOnly)));
  }

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public SerializedType typeForClass(Class type) {
    SerializedType plain = super.typeForClass(type);
    return EventCatalog.nameOf(type)
        .<SerializedType>map(name -> new SimpleSerializedType(name, plain.getRevision()))
        .orElse(plain);
  }

  @Override
  protected String resolveClassName(SerializedType type) {
    String name = type.getName();
    return EventCatalog.classOf(name)
        .map(Class::getName)
        .orElseGet(
            () -> {
              if (name.startsWith(FRAMEWORK)) {
                return name;
              }
              throw new SerializationException("no event is named " + name);
            });
  }

  /** The stable name under which events of this class are stored. */
  String nameOf(Class<?> event) {
    return stored(event).getName();
  }

  /** The revision of the shape of this class's events; null for the first. */
  @Nullable String revisionOf(Class<?> event) {
    return stored(event).getRevision();
  }

  private SerializedType stored(Class<?> event) {
    return types.computeIfAbsent(event, this::typeForClass);
  }

  /** The bytes that are stored for a payload or for metadata. */
  byte[] writeJson(Object value) {
    return getObjectMapper().writeValueAsBytes(value);
  }

  /** The event that these stored bytes are. */
  Object readEvent(String name, @Nullable String revision, byte[] payload) {
    return deserialize(new SimpleSerializedObject<>(payload, byte[].class, name, revision));
  }

  /** The metadata that these stored bytes are. */
  Map<String, String> readMetadata(byte[] metadata) {
    return getObjectMapper().readValue(metadata, METADATA);
  }
}
