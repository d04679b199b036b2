package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** A table for records of another engine, made from their neutral description. */
final class NeutralTable {
  private NeutralTable() {}

  /** Takes the values as they come, in the column type that holds their kind. */
  static Placement place(Field field) {
    return new Placement(field, Placement.Fidelity.EXACT, "");
  }

  /**
   * The statements that make the table, without keys.
   *
   * @param ownEngine whether the fields name types of this engine, which they then have here too
   */
  static List<String> create(Dataset dataset, Relation table, boolean ownEngine) {
    String columns =
        dataset.schema().getFields().stream()
            .map(
                field ->
                    "\n  "
                        + Relation.quote(field.getName())
                        + " "
                        + (ownEngine ? ownType(field) : type(field))
                        + (dataset.required().contains(field.getName()) ? " NOT NULL" : ""))
            .collect(Collectors.joining(","));
    return List.of(
        "CREATE SCHEMA IF NOT EXISTS " + Relation.quote(table.schema()),
        "CREATE TABLE " + table.quoted() + " (" + columns + "\n)");
  }

  /** The statements that make its keys and indexes. */
  static List<String> keys(Dataset dataset, Relation table) {
    List<String> statements = new ArrayList<>();
    if (!dataset.key().isEmpty()) {
      statements.add(
          "ALTER TABLE " + table.quoted() + " ADD PRIMARY KEY (" + list(dataset.key()) + ")");
    }
    for (Dataset.Index index : dataset.indexes()) {
      statements.add(
          "CREATE "
              + (index.unique() ? "UNIQUE " : "")
              + "INDEX ON "
              + table.quoted()
              + " ("
              + list(index.columns())
              + ")");
    }
    return statements;
  }

  private static String list(List<String> columns) {
    return columns.stream().map(Relation::quote).collect(Collectors.joining(", "));
  }

  private static String ownType(Field field) {
    return Fields.nativeType(field).orElseGet(() -> type(field));
  }

  private static String type(Field field) {
    return switch (FieldKind.of(field)) {
      case BOOL -> "boolean";
      case INTEGER ->
          switch (((ArrowType.Int) field.getType()).getBitWidth()) {
            case 8, 16 -> "smallint";
            case 32 -> "integer";
            default -> "bigint";
          };
      case UNSIGNED -> "numeric(20)";
      case FLOAT ->
          ((ArrowType.FloatingPoint) field.getType()).getPrecision()
                  == FloatingPointPrecision.SINGLE
              ? "real"
              : "double precision";
      case DECIMAL -> {
        ArrowType.Decimal decimal = (ArrowType.Decimal) field.getType();
        yield "numeric(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
      }
      case TEXT_DECIMAL -> "numeric";
      case TEXT, OPAQUE -> "text";
      case BINARY, BSON -> "bytea";
      case DATE -> "date";
      case TIME -> "time";
      case LOCAL_TIMESTAMP -> "timestamp";
      case INSTANT -> "timestamptz";
      case INTERVAL -> "interval";
      case UUID -> "uuid";
      case JSON, STRUCT, MAP -> "jsonb";
      case LIST -> type(field.getChildren().get(0)) + "[]";
    };
  }
}
