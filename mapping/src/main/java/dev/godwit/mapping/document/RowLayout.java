package dev.godwit.mapping.document;

import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.document.DocumentShape.Absence;
import dev.godwit.mapping.document.DocumentShape.ShapeField;
import dev.godwit.mapping.document.DocumentShape.ShapeType;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The columns that documents become: the {@code _id} first, then each field of the shape, and last
 * the rest.
 *
 * @param id the type of the {@code _id}; empty where it is text, by {@link IdText}
 * @param shared the fields that have a column of their own
 * @param columns all of them, by the names that they get
 * @param fields what becomes of each field of the documents
 */
record RowLayout(
    Optional<ShapeType> id,
    List<ShapeField> shared,
    List<Field> columns,
    List<FieldMapping> fields) {
  private static final String REST_NOTE =
      "without what is in a column; numbers keep their value, not which type they had;"
          + " no zero character, no name twice";

  static RowLayout of(Dataset documents, Optional<DocumentShape> shape, List<FieldChoice> choices) {
    List<ShapeField> shared = shape.map(DocumentShape::fields).orElse(List.of());
    Optional<ShapeType> id = shape.flatMap(DocumentShape::id);
    List<Field> columns = new ArrayList<>();
    List<FieldMapping> fields = new ArrayList<>();
    Map<String, FieldChoice> chosen = new HashMap<>();
    choices.forEach(choice -> chosen.put(choice.source(), choice));

    String idName = name(chosen.remove(DocumentsToRows.ID), DocumentsToRows.ID);
    Field idField = id.map(t -> ColumnTypes.field(idName, t)).orElse(ColumnTypes.text(idName));
    columns.add(idField);
    fields.add(
        new FieldMapping(
            id.map(t -> ColumnTypes.source(DocumentsToRows.ID, t))
                .orElse(ColumnTypes.any(DocumentsToRows.ID)),
            id.map(t -> placement(idField, t, ""))
                .orElse(
                    new Placement(
                        idField, Fidelity.WIDER, "ids of any type, each with a text of its own"))));
    for (ShapeField field : shared) {
      Field column =
          ColumnTypes.field(name(chosen.remove(field.name()), field.name()), field.type());
      columns.add(column);
      String absence =
          field.absence() == Absence.NULL
              ? "no document is without it"
              : "null where it is missing; one that is null stays in the rest";
      fields.add(
          new FieldMapping(
              ColumnTypes.source(field.name(), field.type()),
              placement(column, field.type(), absence)));
    }
    Field source = documents.schema().getFields().get(0);
    Field rest =
        Fields.json(
            name(chosen.remove(DocumentsToRows.DOCUMENT), DocumentsToRows.DOCUMENT), "json");
    columns.add(rest);
    fields.add(new FieldMapping(source, new Placement(rest, Fidelity.LOSSY, REST_NOTE)));
    check(documents, columns, chosen);
    return new RowLayout(id, shared, List.copyOf(columns), List.copyOf(fields));
  }

  private static Placement placement(Field field, ShapeType type, String absence) {
    String note = ColumnTypes.note(type);
    String both = note.isEmpty() || absence.isEmpty() ? note + absence : note + "; " + absence;
    return new Placement(field, ColumnTypes.fidelity(type), both);
  }

  private static String name(FieldChoice choice, String name) {
    if (choice == null) {
      return name;
    } else if (choice.type() != null) {
      throw new GodwitException(
          ExitCode.USAGE,
          "field " + choice.source() + " of documents cannot become " + choice.type(),
          "fields of documents keep their types; leave the type out");
    }
    return choice.name() == null ? name : choice.name();
  }

  private static void check(
      Dataset documents, List<Field> columns, Map<String, FieldChoice> unmet) {
    List<String> names = columns.stream().map(Field::getName).toList();
    if (!unmet.isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          documents.name() + " has no field " + unmet.keySet().iterator().next(),
          "its fields are " + String.join(", ", names));
    }
    Set<String> met = new HashSet<>();
    for (String name : names) {
      if (!met.add(name)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "two fields of %s would be called %s".formatted(documents.name(), name),
            "give one of them another name in the mapping");
      }
    }
  }
}
