package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What the columns of a row are called in its value, and what they are there.
 *
 * @param names by place
 * @param fields what becomes of each column
 */
record RowLayout(List<String> names, List<FieldMapping> fields) {
  /** The columns as fields of a hash, or members of a JSON object. */
  static RowLayout of(Dataset rows, boolean hash, List<FieldChoice> choices) {
    Map<String, FieldChoice> chosen = chosen(rows, choices);
    List<String> names = new ArrayList<>();
    List<FieldMapping> fields = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (Field field : rows.schema().getFields()) {
      FieldChoice choice = chosen.get(field.getName());
      String name = choice == null || choice.name() == null ? field.getName() : choice.name();
      if (!given.add(name)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "two columns of %s would be called %s".formatted(rows.name(), name),
            "give one of them another name in the mapping");
      }
      Placement placed = hash ? ofHash(field, name) : ofJson(field, name);
      String own = Fields.nativeType(placed.field()).orElseThrow();
      if (choice != null && choice.type() != null && !choice.type().equals(own)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "column %s of %s cannot become %s"
                .formatted(field.getName(), rows.name(), choice.type()),
            "it becomes " + own);
      }
      names.add(name);
      fields.add(new FieldMapping(field, placed));
    }
    return new RowLayout(List.copyOf(names), List.copyOf(fields));
  }

  private static Map<String, FieldChoice> chosen(Dataset rows, List<FieldChoice> choices) {
    List<String> columns = rows.schema().getFields().stream().map(Field::getName).toList();
    Map<String, FieldChoice> chosen = new HashMap<>();
    for (FieldChoice choice : choices) {
      if (!columns.contains(choice.source())) {
        throw new GodwitException(
            ExitCode.USAGE,
            rows.name() + " has no column " + choice.source(),
            "its columns are " + String.join(", ", columns));
      }
      chosen.put(choice.source(), choice);
    }
    return chosen;
  }

  private static Placement ofHash(Field field, String name) {
    return switch (FieldKind.of(field)) {
      case TEXT -> text(name, Fidelity.EXACT, "");
      case BINARY, BSON -> bytes(name);
      default -> text(name, Fidelity.WIDER, "text of " + type(field));
    };
  }

  private static Placement ofJson(Field field, String name) {
    return switch (FieldKind.of(field)) {
      case BOOL -> json(name, "boolean", Fidelity.EXACT, "");
      case INTEGER, UNSIGNED, DECIMAL, FLOAT, TEXT_DECIMAL ->
          json(name, "number", Fidelity.WIDER, "digits of " + type(field));
      case TEXT -> json(name, "string", Fidelity.LOSSY, "only text that is UTF-8");
      case BINARY, BSON -> json(name, "string", Fidelity.WIDER, "base64 of " + type(field));
      case JSON -> json(name, "json", Fidelity.EXACT, "");
      case LIST, STRUCT, MAP -> json(name, "json", Fidelity.WIDER, "JSON of " + type(field));
      default -> json(name, "string", Fidelity.WIDER, "text of " + type(field));
    };
  }

  private static String type(Field field) {
    return Fields.nativeType(field).orElse(field.getType().toString());
  }

  private static Placement text(String name, Fidelity fidelity, String note) {
    return new Placement(Fields.of(name, ArrowType.Utf8.INSTANCE, "text"), fidelity, note);
  }

  private static Placement bytes(String name) {
    return new Placement(Fields.of(name, ArrowType.Binary.INSTANCE, "bytes"), Fidelity.EXACT, "");
  }

  private static Placement json(String name, String type, Fidelity fidelity, String note) {
    return new Placement(Fields.json(name, type), fidelity, note);
  }
}
