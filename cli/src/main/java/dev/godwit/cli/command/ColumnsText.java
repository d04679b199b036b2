package dev.godwit.cli.command;

import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.cli.screen.Table;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/** The columns of a dataset, shown. */
final class ColumnsText {
  private ColumnsText() {}

  static void show(Dataset dataset, Terminal terminal, boolean json) {
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "godwit.columns/1");
      document.putAll(SnapshotText.fields(dataset));
      document.put("key", dataset.key());
      document.put(
          "columns",
          dataset.schema().getFields().stream().map(field -> fields(dataset, field)).toList());
      Json.document(terminal, document);
      return;
    }
    Table table =
        new Table(
            Table.text("COLUMN"), Table.text("TYPE"), Table.text("HELD AS"), Table.text("NOTES"));
    for (Field field : dataset.schema().getFields()) {
      table.row(
          field.getName(),
          Fields.nativeType(field).orElse("-"),
          FieldKind.of(field).name().toLowerCase(Locale.ROOT).replace('_', ' '),
          notes(dataset, field.getName()));
    }
    table.lines(terminal.tableWidth()).forEach(terminal::println);
  }

  private static String notes(Dataset dataset, String column) {
    if (dataset.key().contains(column)) {
      return "key";
    }
    return dataset.required().contains(column) ? "never null" : "";
  }

  private static Map<String, Object> fields(Dataset dataset, Field field) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", field.getName());
    fields.put("type", Fields.nativeType(field));
    fields.put("arrow", field.getType().toString());
    fields.put("extension", Fields.extension(field));
    fields.put("nullable", !dataset.required().contains(field.getName()));
    return fields;
  }
}
