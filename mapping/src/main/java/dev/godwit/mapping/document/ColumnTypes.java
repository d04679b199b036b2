package dev.godwit.mapping.document;

import dev.godwit.mapping.document.DocumentShape.ShapeType;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.Fields;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** What the columns of each type are to a target, and what of the values they hold. */
final class ColumnTypes {
  private ColumnTypes() {}

  /** A column of values of a type. */
  static Field field(String name, ShapeType type) {
    return switch (type) {
      case INT32 -> Fields.of(name, new ArrowType.Int(32, true), "int");
      case INT64 -> Fields.of(name, new ArrowType.Int(64, true), "long");
      case DOUBLE ->
          Fields.of(name, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), "double");
      case DECIMAL -> Fields.decimal(name, "decimal");
      case BOOL -> Fields.of(name, ArrowType.Bool.INSTANCE, "bool");
      case STRING, OBJECT_ID -> text(name);
      case DATE -> Fields.of(name, new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"), "date");
      case UUID -> Fields.uuid(name, "uuid");
      case BINARY -> Fields.of(name, ArrowType.Binary.INSTANCE, "binary");
    };
  }

  /** A column of text. */
  static Field text(String name) {
    return Fields.of(name, ArrowType.Utf8.INSTANCE, "text");
  }

  /** A field of documents, for people: it has the name of its BSON type. */
  static Field source(String name, ShapeType type) {
    Field field = field(name, type);
    return Fields.extension(field).equals(java.util.Optional.of(Fields.UUID))
        ? Fields.uuid(name, bson(type))
        : type == ShapeType.DECIMAL
            ? Fields.decimal(name, bson(type))
            : Fields.of(name, field.getType(), bson(type));
  }

  /** A field of values of any type. */
  static Field any(String name) {
    return Fields.of(name, ArrowType.Binary.INSTANCE, "any");
  }

  private static String bson(ShapeType type) {
    return switch (type) {
      case INT32 -> "int";
      case INT64 -> "long";
      case DOUBLE -> "double";
      case DECIMAL -> "decimal";
      case BOOL -> "bool";
      case STRING -> "string";
      case OBJECT_ID -> "objectId";
      case DATE -> "date";
      case UUID -> "binData (UUID)";
      case BINARY -> "binData";
    };
  }

  /** Whether the column, and the rest where the column does not, hold every value. */
  static Fidelity fidelity(ShapeType type) {
    return switch (type) {
      case INT32, INT64, DOUBLE, BOOL, UUID, BINARY -> Fidelity.EXACT;
      case DECIMAL, DATE, OBJECT_ID -> Fidelity.WIDER;
      case STRING -> Fidelity.LOSSY;
    };
  }

  /** What to know of the values. */
  static String note(ShapeType type) {
    return switch (type) {
      case DECIMAL -> "exponents above zero are written out; a zero below zero stays in the rest";
      case DATE -> "dates before 4713 BC and after 294246 stay in the rest";
      case OBJECT_ID -> "24 hexadecimal digits";
      case STRING -> "no zero character";
      default -> "";
    };
  }
}
