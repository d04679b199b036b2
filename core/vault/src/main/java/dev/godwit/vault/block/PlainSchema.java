package dev.godwit.vault.block;

import dev.godwit.spi.record.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A schema in the one form that is written: extension types as their storage with metadata, and
 * metadata entered in the order of its keys, so that the same schema has the same bytes however it
 * was put together.
 */
public final class PlainSchema {
  private PlainSchema() {}

  /** The plain form of a schema. */
  public static Schema of(Schema schema) {
    return new Schema(
        schema.getFields().stream().map(PlainSchema::of).toList(),
        sorted(schema.getCustomMetadata()));
  }

  /** The plain form of a field. */
  public static Field of(Field field) {
    ArrowType type = field.getType();
    Map<String, String> metadata = sorted(field.getMetadata());
    if (type instanceof ArrowType.ExtensionType extension) {
      metadata.put(Fields.EXTENSION, extension.extensionName());
      metadata.put(Fields.EXTENSION_METADATA, extension.serialize());
      type = extension.storageType();
    }
    List<Field> children = new ArrayList<>();
    field.getChildren().forEach(child -> children.add(of(child)));
    return new Field(
        field.getName(), new FieldType(field.isNullable(), type, null, metadata), children);
  }

  private static Map<String, String> sorted(Map<String, String> metadata) {
    return metadata == null ? new TreeMap<>() : new TreeMap<>(metadata);
  }
}
