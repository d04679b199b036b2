package dev.godwit.cli.command;

import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.cli.screen.Table;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.run.MappedDataset;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/** What becomes of datasets and fields, told. */
final class MappingText {
  private static final String INDENT = "  ";

  private final Table table =
      new Table(
          Table.text("DATASET"),
          Table.text("FIELD"),
          Table.text("TYPE"),
          Table.text("HELD AS"),
          Table.text("BECOMES"),
          Table.text("VALUES"),
          Table.text("NOTE"));
  private final Table narrow =
      new Table(
          Table.text("FIELD"),
          Table.text("TYPE"),
          Table.text("HELD AS"),
          Table.text("BECOMES"),
          Table.text("VALUES"));
  private final List<Beside> beside = new ArrayList<>();

  /** What stands before and after a row of the narrow table; may be empty. */
  private record Beside(String dataset, String note) {}

  /** Adds the fields of a dataset, for people. */
  void add(MappedDataset dataset) {
    String name = name(dataset);
    for (FieldMapping field : dataset.fields()) {
      Field target = field.target().field();
      String own = field.source().getName();
      String type = Fields.nativeType(field.source()).orElse("-");
      String kind = kind(field.source());
      String becomes = becomes(field.source(), target);
      String fidelity = field.target().fidelity().name().toLowerCase(Locale.ROOT);
      String note = note(dataset, field);
      table.row(name, own, type, kind, becomes, fidelity, note);
      narrow.row(own, type, kind, becomes, fidelity);
      beside.add(new Beside(name, note));
      name = "";
    }
  }

  /** What it is called, and what it will be where that is something else. */
  private static String name(MappedDataset dataset) {
    String own = dataset.source().name().toString();
    String name = dataset.name().toString();
    return name.equals(own) ? own : own + " as " + name;
  }

  private static String becomes(Field source, Field target) {
    String type = Fields.nativeType(target).orElse(kind(target));
    return target.getName().equals(source.getName()) ? type : target.getName() + " " + type;
  }

  private static String kind(Field field) {
    return FieldKind.of(field).name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String note(MappedDataset dataset, FieldMapping field) {
    String masked =
        dataset.mask(field.source().getName()).map(m -> "masked: " + m.kind()).orElse("");
    String note = field.target().note();
    return masked.isEmpty() || note.isEmpty() ? masked + note : masked + "; " + note;
  }

  /**
   * The lines of the table. Where the terminal is too narrow for it, names of datasets and notes
   * stand in lines of their own: cut, they would say nothing.
   */
  List<String> lines(int width) {
    List<String> whole = table.lines(Integer.MAX_VALUE);
    if (whole.stream().allMatch(line -> line.length() <= width)) {
      return whole;
    }
    List<String> rows = narrow.lines(width - INDENT.length());
    List<String> lines = new ArrayList<>(List.of(INDENT + rows.get(0)));
    for (int row = 0; row < beside.size(); row++) {
      Beside of = beside.get(row);
      if (!of.dataset().isEmpty()) {
        lines.add(Printable.line(of.dataset()));
      }
      lines.add(INDENT + rows.get(row + 1));
      if (!of.note().isEmpty()) {
        lines.add(INDENT + INDENT + INDENT + Printable.line(of.note()));
      }
    }
    return lines;
  }

  /** A dataset and its fields, for scripts. */
  static Map<String, Object> fields(MappedDataset dataset) {
    Map<String, Object> fields = SnapshotText.fields(dataset.source());
    fields.put("target", dataset.name().toString());
    fields.put("fields", dataset.fields().stream().map(field -> fields(dataset, field)).toList());
    return fields;
  }

  private static Map<String, Object> fields(MappedDataset dataset, FieldMapping field) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", field.source().getName());
    fields.put("type", Fields.nativeType(field.source()));
    fields.put("arrow", field.source().getType().toString());
    fields.put("extension", Fields.extension(field.source()));
    fields.put("target", field.target().field().getName());
    fields.put("target_type", Fields.nativeType(field.target().field()));
    fields.put("target_arrow", field.target().field().getType().toString());
    fields.put("values", field.target().fidelity().name().toLowerCase(Locale.ROOT));
    fields.put("mask", dataset.mask(field.source().getName()).map(m -> m.kind().toString()));
    fields.put("note", field.target().note());
    return fields;
  }
}
