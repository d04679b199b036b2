package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.record.Fields;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;

/** A table that is made from its neutral description: of another engine, or of a query. */
final class NeutralTable {
  private NeutralTable() {}

  /**
   * The statements that make the table, without keys. Columns that are required are declared so at
   * once: to add it later reads the whole table again.
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
                        + type(field, ownEngine)
                        + (dataset.required().contains(field.getName()) ? " NOT NULL" : ""))
            .collect(Collectors.joining(","));
    return List.of(
        "CREATE SCHEMA IF NOT EXISTS " + Relation.quote(table.schema()),
        "CREATE TABLE " + table.quoted() + " (" + columns + "\n)");
  }

  /** What a column of a field is declared as. */
  static String type(Field field, boolean ownEngine) {
    String placed = Fields.nativeType(NeutralType.place(field).field()).orElseThrow();
    return ownEngine ? Fields.nativeType(field).orElse(placed) : placed;
  }
}
