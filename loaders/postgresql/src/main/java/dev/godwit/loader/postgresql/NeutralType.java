package dev.godwit.loader.postgresql;

import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * In which type the values of another engine's field are held, and in which Arrow type they come.
 * Placing what was placed changes nothing.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><th>field</th><th>type</th></tr>
 * <tr><td>bool; whole numbers of 8 or 16, 32, 64 bits; unsigned</td><td>boolean; smallint, integer,
 * bigint; numeric</td></tr>
 * <tr><td>floating point of 32, of 64 bits</td><td>real, double precision, bit by bit</td></tr>
 * <tr><td>decimals, with a scale and without</td><td>numeric(p, s); numeric, their scale kept</td>
 * </tr>
 * <tr><td>text; what only its engine understands, as text</td><td>text</td></tr>
 * <tr><td>bytes; BSON; what only its engine understands, as bytes</td><td>bytea</td></tr>
 * <tr><td>dates, times, timestamps without and with a zone, intervals</td><td>date, time,
 * timestamp, timestamptz, interval</td></tr>
 * <tr><td>UUIDs; JSON</td><td>uuid; jsonb</td></tr>
 * <tr><td>lists of values that come as they are; other lists, structs, maps</td><td>arrays;
 * jsonb</td></tr>
 * </table>
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype.html">Data Types</a>
 */
final class NeutralType {
  private static final String NO_ZERO = "no zero character";
  private static final String MICROSECONDS = "microseconds";

  private NeutralType() {}

  /** The placement of a field; its native type is what its column is declared as. */
  static Placement place(Field field) {
    return switch (FieldKind.of(field)) {
      case BOOL -> same(field, "boolean", Fidelity.EXACT, "");
      case INTEGER -> integer(field);
      case UNSIGNED -> same(field, "numeric", Fidelity.WIDER, "");
      case FLOAT ->
          same(
              field,
              ((ArrowType.FloatingPoint) field.getType()).getPrecision()
                      == FloatingPointPrecision.SINGLE
                  ? "real"
                  : "double precision",
              Fidelity.EXACT,
              "");
      case DECIMAL -> decimal(field);
      case TEXT_DECIMAL -> same(field, "numeric", Fidelity.EXACT, "");
      case TEXT -> same(field, "text", Fidelity.LOSSY, NO_ZERO);
      case OPAQUE -> opaque(field);
      case BINARY -> same(field, "bytea", Fidelity.EXACT, "");
      case BSON -> as(field, ArrowType.Binary.INSTANCE, "bytea", Fidelity.WIDER, "raw BSON");
      case DATE -> same(field, "date", Fidelity.EXACT, "");
      case TIME -> time(field);
      case LOCAL_TIMESTAMP -> timestamp(field, null, "timestamp");
      case INSTANT -> timestamp(field, "UTC", "timestamptz");
      case INTERVAL -> same(field, "interval", Fidelity.LOSSY, MICROSECONDS);
      case UUID -> same(field, "uuid", Fidelity.EXACT, "");
      case JSON -> ofJson(field);
      case LIST -> list(field);
      case STRUCT, MAP -> json(field);
    };
  }

  private static Placement ofJson(Field field) {
    return Fields.isToTheLetter(field)
        ? same(field, "json", Fidelity.EXACT, "")
        : same(
            field,
            "jsonb",
            Fidelity.LOSSY,
            "white space and the order of names are not kept; no name twice, " + NO_ZERO);
  }

  private static Placement integer(Field field) {
    return switch (((ArrowType.Int) field.getType()).getBitWidth()) {
      case 8 -> same(field, "smallint", Fidelity.WIDER, "");
      case 16 -> same(field, "smallint", Fidelity.EXACT, "");
      case 32 -> same(field, "integer", Fidelity.EXACT, "");
      default -> same(field, "bigint", Fidelity.EXACT, "");
    };
  }

  /** Before version 15 a scale is neither below zero nor above the precision. */
  private static Placement decimal(Field field) {
    ArrowType.Decimal decimal = (ArrowType.Decimal) field.getType();
    boolean declared = decimal.getScale() >= 0 && decimal.getScale() <= decimal.getPrecision();
    return declared
        ? same(
            field,
            "numeric(" + decimal.getPrecision() + "," + decimal.getScale() + ")",
            Fidelity.EXACT,
            "")
        : same(field, "numeric", Fidelity.WIDER, "");
  }

  private static Placement opaque(Field field) {
    boolean text = field.getType().getTypeID() == ArrowType.ArrowTypeID.Utf8;
    return as(
        field,
        field.getType(),
        text ? "text" : "bytea",
        text ? Fidelity.LOSSY : Fidelity.WIDER,
        "in the notation of its engine" + (text ? "; " + NO_ZERO : ""));
  }

  private static Placement time(Field field) {
    boolean finer = ((ArrowType.Time) field.getType()).getUnit() == TimeUnit.NANOSECOND;
    return finer
        ? as(
            field,
            new ArrowType.Time(TimeUnit.MICROSECOND, Long.SIZE),
            "time",
            Fidelity.LOSSY,
            MICROSECONDS)
        : same(field, "time", Fidelity.EXACT, "");
  }

  private static Placement timestamp(Field field, String zone, String type) {
    TimeUnit unit = ((ArrowType.Timestamp) field.getType()).getUnit();
    ArrowType micros = new ArrowType.Timestamp(TimeUnit.MICROSECOND, zone);
    return switch (unit) {
      case MICROSECOND -> same(field, type, Fidelity.EXACT, "");
      case NANOSECOND -> as(field, micros, type, Fidelity.LOSSY, MICROSECONDS);
      default -> as(field, micros, type, Fidelity.WIDER, "");
    };
  }

  private static Placement list(Field field) {
    Field element = field.getChildren().get(0);
    Placement placed = place(element);
    boolean plain =
        switch (FieldKind.of(element)) {
          case BOOL, INTEGER, FLOAT, DECIMAL, TEXT_DECIMAL, BINARY, DATE, UUID -> true;
          case TIME, LOCAL_TIMESTAMP, INSTANT -> placed.field().getType().equals(element.getType());
          default -> false; // text that jsonb does not hold is told by its escape
        };
    if (!plain) {
      return json(field);
    }
    String type = Fields.nativeType(placed.field()).orElseThrow() + "[]";
    return same(field, type, placed.fidelity(), placed.note());
  }

  private static Placement json(Field field) {
    Field json = Fields.json(field.getName(), "jsonb");
    return new Placement(json, Fidelity.LOSSY, "as JSON; " + NO_ZERO);
  }

  /** Values that come as they are. */
  private static Placement same(Field field, String type, Fidelity fidelity, String note) {
    Map<String, String> metadata = new LinkedHashMap<>(field.getMetadata());
    metadata.put(Fields.NATIVE, type);
    Field placed =
        new Field(
            field.getName(),
            new FieldType(true, field.getType(), null, metadata),
            field.getChildren());
    return new Placement(placed, fidelity, note);
  }

  /** Values that come in a standard type. */
  private static Placement as(
      Field field, ArrowType arrow, String type, Fidelity fidelity, String note) {
    Field placed =
        new Field(
            field.getName(),
            new FieldType(true, arrow, null, Map.of(Fields.NATIVE, type)),
            List.of());
    return new Placement(placed, fidelity, note);
  }
}
