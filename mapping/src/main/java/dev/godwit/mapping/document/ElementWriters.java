package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import dev.godwit.mapping.row.ValueText;
import dev.godwit.spi.record.FieldKind;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** Chooses how the values of a column become elements. */
final class ElementWriters {
  private ElementWriters() {}

  /** The default of a column, null included. */
  static ElementWriter of(FieldVector vector, FieldLosses losses) {
    FieldKind kind = FieldKind.of(vector.getField());
    ElementWriter present = present(kind, vector, losses);
    if (kind == FieldKind.JSON) {
      return (row, name, out) -> { // its own null is written: so a field without one is left out
        if (!vector.isNull(row)) {
          present.write(row, name, out);
        }
      };
    }
    return nullable(vector, present);
  }

  /** The same, with null where the vector has null. */
  static ElementWriter nullable(FieldVector vector, ElementWriter present) {
    return (row, name, out) -> {
      if (vector.isNull(row)) {
        out.element(BsonType.NULL, name);
      } else {
        present.write(row, name, out);
      }
    };
  }

  /** Values as text. */
  static ElementWriter text(FieldVector vector) {
    return nullable(vector, (row, name, out) -> string(ValueText.of(vector, row), name, out));
  }

  private static ElementWriter present(FieldKind kind, FieldVector vector, FieldLosses losses) {
    return switch (kind) {
      case BOOL -> PlainElements.bool((BitVector) vector);
      case INTEGER -> NumberElements.integer(vector);
      case UNSIGNED -> NumberElements.unsigned((UInt8Vector) vector);
      case FLOAT -> NumberElements.floating(vector);
      case DECIMAL -> NumberElements.decimal(vector, losses);
      case TEXT_DECIMAL -> NumberElements.textDecimal((VarCharVector) vector, losses);
      case TEXT -> PlainElements.utf8((VarCharVector) vector);
      case OPAQUE ->
          vector instanceof VarCharVector text
              ? PlainElements.utf8(text)
              : PlainElements.binary((VarBinaryVector) vector);
      case BINARY -> PlainElements.binary((VarBinaryVector) vector);
      case BSON -> PlainElements.document((VarBinaryVector) vector);
      case DATE -> PlainElements.date((DateDayVector) vector);
      case LOCAL_TIMESTAMP, INSTANT -> PlainElements.timestamp((TimeStampVector) vector, losses);
      case TIME, INTERVAL -> text(vector);
      case UUID -> PlainElements.uuid((FixedSizeBinaryVector) vector);
      case JSON -> new JsonWriter((VarCharVector) vector, losses);
      case LIST -> NestedElements.list((ListVector) vector, losses);
      case STRUCT -> NestedElements.struct((StructVector) vector, losses);
      case MAP -> NestedElements.map((MapVector) vector, losses);
    };
  }

  /** A text. */
  static void string(String text, byte[] name, GrowingBytes out) {
    out.element(BsonType.STRING, name);
    out.text(text.getBytes(StandardCharsets.UTF_8));
  }
}
