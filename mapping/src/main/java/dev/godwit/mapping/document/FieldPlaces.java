package dev.godwit.mapping.document;

import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Which BSON type holds the values of a field.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><th>field</th><th>element</th></tr>
 * <tr><td>bool; whole numbers of 8 to 32 bits; of 64; unsigned</td><td>bool; int; long;
 * decimal</td></tr>
 * <tr><td>floating point</td><td>double, bit by bit</td></tr>
 * <tr><td>decimals</td><td>decimal, their scale kept; NaN and the infinities too</td></tr>
 * <tr><td>text; times; intervals; what only its engine understands</td><td>string: itself; {@code
 * 10:00:00.5}; {@code P1Y2M3DT4H}; the engine's notation</td></tr>
 * <tr><td>dates; timestamps with and without a zone</td><td>date: midnight in UTC; the instant; the
 * instant as if it were in UTC</td></tr>
 * <tr><td>bytes; UUIDs</td><td>binary of subtype 0; of subtype 4</td></tr>
 * <tr><td>lists; structs, maps; JSON</td><td>array; object; nested, its whole numbers int or long
 * where they fit, all others decimal</td></tr>
 * </table>
 *
 * <p>A null is written as null. Only a field of JSON, whose own null is a value, is left out.
 */
final class FieldPlaces {
  private static final String MILLISECONDS = "dates end at milliseconds, and in ";

  private FieldPlaces() {}

  /** The default of a field. */
  static Placement of(Field field, String name) {
    Fidelity fidelity = fidelity(field);
    return new Placement(named(field, name, type(field)), fidelity, note(field));
  }

  /** The field as text. */
  static Placement text(Field field, String name) {
    return new Placement(
        named(field, name, "string"),
        Fidelity.WIDER,
        FieldKind.of(field) == FieldKind.TEXT ? "" : "written as text");
  }

  private static Field named(Field field, String name, String type) {
    Map<String, String> metadata = new LinkedHashMap<>(field.getMetadata());
    metadata.put(Fields.NATIVE, type);
    return new Field(
        name, new FieldType(true, field.getType(), null, metadata), field.getChildren());
  }

  private static String type(Field field) {
    return switch (FieldKind.of(field)) {
      case BOOL -> "bool";
      case INTEGER -> ((ArrowType.Int) field.getType()).getBitWidth() == 64 ? "long" : "int";
      case UNSIGNED, DECIMAL, TEXT_DECIMAL -> "decimal";
      case FLOAT -> "double";
      case TEXT, TIME, INTERVAL -> "string";
      case OPAQUE -> field.getType() instanceof ArrowType.Utf8 ? "string" : "binData";
      case BINARY -> "binData";
      case UUID -> "binData (UUID)";
      case DATE, LOCAL_TIMESTAMP, INSTANT -> "date";
      case JSON -> "any";
      case BSON, STRUCT -> "object";
      case LIST -> "array of " + type(field.getChildren().get(0));
      case MAP -> textKeys(field) ? "object" : "array of pairs";
    };
  }

  private static boolean textKeys(Field map) {
    return FieldKind.of(map.getChildren().get(0).getChildren().get(0)) == FieldKind.TEXT;
  }

  private static Fidelity fidelity(Field field) {
    return switch (FieldKind.of(field)) {
      case BOOL, TEXT, BINARY, UUID, BSON -> Fidelity.EXACT;
      case INTEGER ->
          ((ArrowType.Int) field.getType()).getBitWidth() < 32 ? Fidelity.WIDER : Fidelity.EXACT;
      case FLOAT ->
          ((ArrowType.FloatingPoint) field.getType()).getPrecision()
                  == FloatingPointPrecision.DOUBLE
              ? Fidelity.EXACT
              : Fidelity.WIDER;
      case UNSIGNED, TIME, INTERVAL, OPAQUE -> Fidelity.WIDER;
      case DECIMAL ->
          ((ArrowType.Decimal) field.getType()).getPrecision() <= 34
              ? Fidelity.WIDER
              : Fidelity.LOSSY;
      case TEXT_DECIMAL, DATE, JSON -> Fidelity.LOSSY;
      case LOCAL_TIMESTAMP, INSTANT -> Fidelity.LOSSY;
      case LIST -> Fidelity.LOSSY;
      case STRUCT, MAP ->
          field.getChildren().stream()
              .map(FieldPlaces::fidelityInside)
              .max(Fidelity::compareTo)
              .orElse(Fidelity.EXACT);
    };
  }

  /** Beside a value that does not fit inside of it, a whole struct or list is none any more. */
  private static Fidelity fidelityInside(Field field) {
    return inside(field).isEmpty() ? fidelity(field) : Fidelity.LOSSY;
  }

  /** What a value of its own may be, and one inside of another may not. */
  private static String inside(Field field) {
    return switch (FieldKind.of(field)) {
      case DECIMAL, TEXT_DECIMAL -> "no NaN and no infinity inside";
      case TIME -> "no 24:00:00 inside";
      case INTERVAL -> "no infinity inside";
      default -> "";
    };
  }

  /** What is to be known of all that is inside of a field, each once. */
  private static String notes(String own, List<Field> children) {
    return Stream.concat(
            Stream.of(own),
            children.stream().flatMap(child -> Stream.of(note(child), inside(child))))
        .flatMap(note -> Stream.of(note.split("; ")))
        .filter(note -> !note.isEmpty() && !note.equals("written as text"))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String note(Field field) {
    String note =
        switch (FieldKind.of(field)) {
          case DECIMAL, TEXT_DECIMAL ->
              fidelity(field) == Fidelity.LOSSY ? "34 digits at most" : "";
          case DATE -> "midnight in UTC; no infinite ones";
          case LOCAL_TIMESTAMP -> MILLISECONDS + "UTC; no infinite ones";
          case INSTANT ->
              ((ArrowType.Timestamp) field.getType()).getUnit() == TimeUnit.MILLISECOND
                  ? "no infinite ones"
                  : "milliseconds; no infinite ones";
          case TIME, INTERVAL, OPAQUE -> type(field).equals("string") ? "written as text" : "";
          case JSON -> "numbers of 34 digits at most, no name twice, white space is not kept";
          case LIST -> notes("of one dimension that begins at 1", field.getChildren());
          case STRUCT, MAP -> notes("", field.getChildren());
          default -> "";
        };
    return note;
  }

  /** What to warn of in a name; empty where it is a plain one. */
  static String warning(String name) {
    if (name.isEmpty()) {
      return "its name is empty";
    } else if (name.startsWith("$") || name.indexOf('.') >= 0) {
      return "queries reach a name with dots, or a dollar first, only through $getField";
    }
    return "";
  }
}
