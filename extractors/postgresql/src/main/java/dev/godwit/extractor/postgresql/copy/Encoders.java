package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Finds how a field's values become those of a target's type; exactly, or not at all. */
final class Encoders {
  private Encoders() {}

  /** Whether the field's values are the target's own text already. */
  static boolean isText(Field field) {
    return field.getType().getTypeID() == ArrowType.ArrowTypeID.Utf8;
  }

  /**
   * The encoder from a field to a form.
   *
   * @throws Malformed if the values do not surely keep what they are
   */
  static ColumnEncoder of(Field field, Form target) {
    ColumnEncoder direct = direct(field, target);
    if (direct != null) {
      return direct;
    }
    Form natural = natural(field);
    boolean sameText = target == Form.Scalar.TEXT;
    boolean wider = target == Form.Scalar.NUMERIC_TEXT && isNumber(natural);
    if (natural != null && (sameText || wider)) {
      return new VariableEncoders.ThroughText(direct(field, natural), natural, target);
    }
    throw new Malformed(
        "values of type "
            + Fields.nativeType(field).orElse(field.getType().toString())
            + " do not fit it");
  }

  private static ColumnEncoder direct(Field field, Form target) {
    return switch (FieldKind.of(field)) {
      case BOOL -> target == Form.Scalar.BOOL ? new FixedEncoders.Bool() : null;
      case INTEGER, UNSIGNED -> whole((ArrowType.Int) field.getType(), target);
      case FLOAT -> floats((ArrowType.FloatingPoint) field.getType(), target);
      case DECIMAL -> decimal((ArrowType.Decimal) field.getType(), target);
      case DATE -> target == Form.Scalar.DATE ? new FixedEncoders.Date() : null;
      case TIME ->
          target == Form.Scalar.TIME
                  && ((ArrowType.Time) field.getType()).getUnit() == TimeUnit.MICROSECOND
              ? new FixedEncoders.Micros(0)
              : null;
      case LOCAL_TIMESTAMP -> timestamp(field, target, Form.Scalar.TIMESTAMP);
      case INSTANT -> timestamp(field, target, Form.Scalar.TIMESTAMPTZ);
      case INTERVAL -> target == Form.Scalar.INTERVAL ? new FixedEncoders.Interval() : null;
      case UUID -> target == Form.Scalar.UUID ? new FixedEncoders.Uuid() : null;
      case TEXT, JSON, TEXT_DECIMAL -> text(target);
      case OPAQUE -> isText(field) ? text(target) : null;
      case BINARY -> target == Form.Scalar.BYTEA ? new VariableEncoders.Bytes() : null;
      case LIST ->
          target instanceof Form.Items items
              ? new VariableEncoders.Items(
                  items.elementOid(), of(field.getChildren().get(0), items.element()))
              : null;
      case STRUCT -> target instanceof Form.Row row ? row(field.getChildren(), row) : null;
      case BSON, MAP -> null;
    };
  }

  private static ColumnEncoder whole(ArrowType.Int type, Form target) {
    if (!(target instanceof Form.Scalar scalar)) {
      return null;
    }
    int from = type.getBitWidth() / 8;
    return switch (scalar) {
      case INT2 -> new FixedEncoders.Whole(from, type.getIsSigned(), 2, true);
      case INT4 -> new FixedEncoders.Whole(from, type.getIsSigned(), 4, true);
      case INT8 -> new FixedEncoders.Whole(from, type.getIsSigned(), 8, true);
      case UINT4 -> new FixedEncoders.Whole(from, type.getIsSigned(), 4, false);
      case UINT8 -> new FixedEncoders.Whole(from, type.getIsSigned(), 8, false);
      default -> null;
    };
  }

  private static ColumnEncoder floats(ArrowType.FloatingPoint type, Form target) {
    int from = type.getPrecision() == FloatingPointPrecision.SINGLE ? 4 : 8;
    if (target == Form.Scalar.FLOAT8) {
      return new FixedEncoders.Floats(from, 8);
    }
    return target == Form.Scalar.FLOAT4 && from == 4 ? new FixedEncoders.Floats(4, 4) : null;
  }

  /** The server would round to a smaller scale without a word. */
  private static ColumnEncoder decimal(ArrowType.Decimal type, Form target) {
    boolean fits =
        target == Form.Scalar.NUMERIC_TEXT
            || (target instanceof Form.Decimal declared && declared.scale() >= type.getScale());
    return fits ? new FixedEncoders.Decimal(type.getBitWidth() / 8, type.getScale()) : null;
  }

  private static ColumnEncoder timestamp(Field field, Form target, Form.Scalar same) {
    boolean fits =
        target == same && ((ArrowType.Timestamp) field.getType()).getUnit() == TimeUnit.MICROSECOND;
    return fits ? new FixedEncoders.Micros(Epoch.MICROS) : null;
  }

  private static ColumnEncoder text(Form target) {
    if (target == Form.Scalar.TEXT || target == Form.Scalar.JSON || target == Form.Scalar.CAST) {
      return new VariableEncoders.Bytes();
    }
    return target == Form.Scalar.JSONB
        ? new VariableEncoders.Jsonb()
        : new VariableEncoders.Parsed(target);
  }

  private static ColumnEncoder row(List<Field> fields, Form.Row row) {
    if (fields.size() != row.parts().size()) {
      return null;
    }
    ColumnEncoder[] encoders = new ColumnEncoder[fields.size()];
    for (int i = 0; i < encoders.length; i++) {
      encoders[i] = of(fields.get(i), row.parts().get(i).form());
    }
    return new VariableEncoders.Row(row, encoders);
  }

  /**
   * Whether the field's values in binary send form are values of the target too, and the same. The
   * server itself refuses json for jsonb, and int8 for oid, which lie alike in Arrow.
   */
  static boolean isSent(Field field, Form target) {
    return switch (FieldKind.of(field)) {
      case LIST ->
          target instanceof Form.Items items && isSent(field.getChildren().get(0), items.element());
      case STRUCT -> target instanceof Form.Row row && areSent(field.getChildren(), row.parts());
      case INTEGER ->
          switch (((ArrowType.Int) field.getType()).getBitWidth()) {
            case 16 -> target == Form.Scalar.INT2;
            case 32 -> target == Form.Scalar.INT4;
            default -> target == Form.Scalar.INT8 || target == Form.Scalar.UINT4;
          };
      case DECIMAL -> decimal((ArrowType.Decimal) field.getType(), target) != null;
      case TEXT ->
          target == Form.Scalar.TEXT || target == Form.Scalar.JSON || target == Form.Scalar.CHAR;
      case JSON -> target == Form.Scalar.JSON || target == Form.Scalar.JSONB;
      default -> natural(field) == target;
    };
  }

  private static boolean areSent(List<Field> fields, List<Form.Part> parts) {
    boolean sent = fields.size() == parts.size();
    for (int i = 0; sent && i < parts.size(); i++) {
      sent = isSent(fields.get(i), parts.get(i).form());
    }
    return sent;
  }

  /** The form that holds just what the field holds; null where there is none without an id. */
  static Form natural(Field field) {
    return switch (FieldKind.of(field)) {
      case BOOL -> Form.Scalar.BOOL;
      case INTEGER -> Form.Scalar.INT8;
      case UNSIGNED -> Form.Scalar.UINT8;
      case FLOAT ->
          ((ArrowType.FloatingPoint) field.getType()).getPrecision()
                  == FloatingPointPrecision.SINGLE
              ? Form.Scalar.FLOAT4
              : Form.Scalar.FLOAT8;
      case DECIMAL, TEXT_DECIMAL -> Form.Scalar.NUMERIC_TEXT;
      case TEXT, OPAQUE -> Form.Scalar.TEXT;
      case BINARY, BSON -> Form.Scalar.BYTEA;
      case DATE -> Form.Scalar.DATE;
      case TIME -> Form.Scalar.TIME;
      case LOCAL_TIMESTAMP -> Form.Scalar.TIMESTAMP;
      case INSTANT -> Form.Scalar.TIMESTAMPTZ;
      case INTERVAL -> Form.Scalar.INTERVAL;
      case UUID -> Form.Scalar.UUID;
      case JSON -> Form.Scalar.JSON;
      case LIST, STRUCT, MAP -> null;
    };
  }

  private static boolean isNumber(Form form) {
    return form == Form.Scalar.INT8 || form == Form.Scalar.UINT8;
  }
}
