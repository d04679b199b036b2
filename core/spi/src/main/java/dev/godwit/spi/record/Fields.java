package dev.godwit.spi.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Makes the fields of a dataset. Every field is nullable and carries the source's own type name.
 *
 * <p>Extension types are fields of their storage type with Arrow's extension metadata, as the Arrow
 * columnar format lays down ("Extension Types"), so that a reader that does not know them still
 * reads the storage.
 */
public final class Fields {
  /** Metadata key: the source's own name of the column's type, such as {@code numeric(10,2)}. */
  public static final String NATIVE = "godwit.native";

  /** Metadata key: the name of an Arrow extension type. */
  public static final String EXTENSION = "ARROW:extension:name";

  /** Metadata key: the parameters of an Arrow extension type. */
  public static final String EXTENSION_METADATA = "ARROW:extension:metadata";

  /** Canonical extension over FixedSizeBinary(16): a UUID, most significant byte first. */
  public static final String UUID = "arrow.uuid";

  /** Canonical extension over Utf8: JSON text, kept to the letter. */
  public static final String JSON = "arrow.json";

  /** Canonical extension over Utf8 or Binary: a value only its own engine understands. */
  public static final String OPAQUE = "arrow.opaque";

  /** Extension over Utf8: a decimal of no declared scale, in plain digits, its own scale kept. */
  public static final String DECIMAL = "godwit.decimal";

  /** Extension over Binary: one BSON document, raw. */
  public static final String BSON = "godwit.bson";

  /**
   * Metadata key of a field of JSON that is worth nothing unless a target keeps its text to the
   * letter.
   */
  private static final String TO_THE_LETTER = "godwit.to-the-letter";

  private Fields() {}

  /** A field of a standard type. */
  public static Field of(String name, ArrowType type, String nativeType, Field... children) {
    return make(name, type, nativeType, null, null, List.of(children));
  }

  /** A field of UUIDs. */
  public static Field uuid(String name, String nativeType) {
    return make(name, new ArrowType.FixedSizeBinary(16), nativeType, UUID, "", List.of());
  }

  /** A field of JSON text. */
  public static Field json(String name, String nativeType) {
    return make(name, ArrowType.Utf8.INSTANCE, nativeType, JSON, "", List.of());
  }

  /** A field of JSON text that is worth nothing unless a target keeps it to the letter. */
  public static Field jsonToTheLetter(String name, String nativeType) {
    Field plain = json(name, nativeType);
    Map<String, String> metadata = new LinkedHashMap<>(plain.getMetadata());
    metadata.put(TO_THE_LETTER, "true");
    return new Field(name, new FieldType(true, plain.getType(), null, metadata), List.of());
  }

  /** Whether the JSON of a field is worth nothing unless a target keeps it to the letter. */
  public static boolean isToTheLetter(Field field) {
    return field.getMetadata().containsKey(TO_THE_LETTER);
  }

  /** A field of decimals that have no declared scale. */
  public static Field decimal(String name, String nativeType) {
    return make(name, ArrowType.Utf8.INSTANCE, nativeType, DECIMAL, "", List.of());
  }

  /** A field of raw BSON documents. */
  public static Field bson(String name, String nativeType) {
    return make(name, ArrowType.Binary.INSTANCE, nativeType, BSON, "", List.of());
  }

  /**
   * A field of values that only their own engine understands.
   *
   * @param storage Utf8 where the engine's notation is text, Binary where it is not
   * @param typeName what the engine calls the type
   * @param vendor the engine, such as {@code postgresql}
   */
  public static Field opaque(
      String name, ArrowType storage, String typeName, String vendor, String nativeType) {
    String parameters =
        "{\"type_name\":" + quote(typeName) + ",\"vendor_name\":" + quote(vendor) + "}";
    return make(name, storage, nativeType, OPAQUE, parameters, List.of());
  }

  private static Field make(
      String name,
      ArrowType type,
      String nativeType,
      String extension,
      String parameters,
      List<Field> children) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (extension != null) {
      metadata.put(EXTENSION, extension);
      metadata.put(EXTENSION_METADATA, parameters);
    }
    if (nativeType != null) {
      metadata.put(NATIVE, nativeType);
    }
    return new Field(name, new FieldType(true, type, null, metadata), children);
  }

  /** The source's own name of a field's type. */
  public static Optional<String> nativeType(Field field) {
    return Optional.ofNullable(field.getMetadata().get(NATIVE));
  }

  /** The name of a field's extension type, where it has one. */
  public static Optional<String> extension(Field field) {
    return Optional.ofNullable(field.getMetadata().get(EXTENSION));
  }

  private static String quote(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
              } else if (c < 0x20) {
                json.append(String.format("\\u%04x", c));
              } else {
                json.append((char) c);
              }
            });
    return json.append('"').toString();
  }
}
