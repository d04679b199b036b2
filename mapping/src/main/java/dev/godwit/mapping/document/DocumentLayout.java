package dev.godwit.mapping.document;

import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.record.FieldKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Where the columns of a row stand in its document. The columns of the primary key are the {@code
 * _id}, and nowhere else: one is itself the {@code _id}, several are its fields. A row without a
 * primary key gets an {@code _id} of its place.
 *
 * @param key places of the columns of the key
 * @param idIsObject whether the {@code _id} is an object of the key's columns
 * @param body places of all other columns
 * @param names by place, of each column in the document or in the {@code _id}
 * @param asText by place, whether the values are to be text
 * @param fields what becomes of each column
 */
record DocumentLayout(
    List<Integer> key,
    boolean idIsObject,
    List<Integer> body,
    List<String> names,
    List<Boolean> asText,
    List<FieldMapping> fields) {
  private static final String ID = "_id";

  static DocumentLayout of(Dataset rows, List<FieldChoice> choices) {
    List<Field> fields = rows.schema().getFields();
    Map<String, FieldChoice> chosen = chosen(rows, choices);
    List<Integer> key = new ArrayList<>();
    for (String column : rows.key()) {
      for (int place = 0; place < fields.size(); place++) {
        if (fields.get(place).getName().equals(column)) {
          key.add(place);
        }
      }
    }
    boolean object = key.size() > 1 || (key.size() == 1 && noId(fields.get(key.get(0))));
    List<Integer> body = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Boolean> asText = new ArrayList<>();
    List<FieldMapping> mappings = new ArrayList<>();
    for (int place = 0; place < fields.size(); place++) {
      Field field = fields.get(place);
      FieldChoice choice =
          chosen.getOrDefault(field.getName(), new FieldChoice(field.getName(), null, null));
      boolean inKey = key.contains(place);
      boolean text = isText(rows, choice);
      if (!inKey) {
        body.add(place);
      }
      String name =
          choice.name() == null
              ? byDefault(field, inKey, object)
              : wanted(rows, choice, inKey, object);
      names.add(name);
      asText.add(text);
      String path = inKey && object ? ID + "." + name : name;
      mappings.add(mapping(field, path, text));
    }
    checkTwice(rows, names, body);
    if (object) {
      checkTwice(rows, names, key);
    }
    return new DocumentLayout(
        List.copyOf(key),
        object,
        List.copyOf(body),
        List.copyOf(names),
        List.copyOf(asText),
        List.copyOf(mappings));
  }

  /** There is one {@code _id}, and it is the key. */
  private static String byDefault(Field field, boolean inKey, boolean object) {
    if (inKey) {
      return object ? field.getName() : ID;
    }
    return field.getName().equals(ID) ? "_id_" : field.getName();
  }

  /** A name that was asked for; a field of the {@code _id} may be given with its path. */
  private static String wanted(Dataset rows, FieldChoice choice, boolean inKey, boolean object) {
    String name = choice.name();
    if (name.indexOf(0) >= 0) {
      throw wrong(
          rows, choice, "cannot be called so: its name holds a zero character", "take it out");
    } else if (inKey && object) {
      return name.startsWith(ID + ".") ? name.substring(ID.length() + 1) : name;
    } else if (inKey && !name.equals(ID)) {
      throw wrong(
          rows,
          choice,
          "is the key, and so the _id of its document, not " + name,
          "leave its name out of the mapping");
    } else if (!inKey && name.equals(ID)) {
      throw wrong(
          rows,
          choice,
          "cannot be called _id: that is the key",
          "give it another name in the mapping");
    }
    return name;
  }

  private static GodwitException wrong(Dataset rows, FieldChoice choice, String what, String hint) {
    return new GodwitException(
        ExitCode.USAGE, "column %s of %s %s".formatted(choice.source(), rows.name(), what), hint);
  }

  /** A server takes no array for an {@code _id}, and of JSON nobody knows that it is none. */
  private static boolean noId(Field field) {
    return switch (FieldKind.of(field)) {
      case LIST, MAP, JSON -> true;
      default -> false;
    };
  }

  private static Map<String, FieldChoice> chosen(Dataset rows, List<FieldChoice> choices) {
    Map<String, FieldChoice> chosen = new HashMap<>();
    for (FieldChoice choice : choices) {
      if (rows.schema().getFields().stream().noneMatch(f -> f.getName().equals(choice.source()))) {
        throw new GodwitException(
            ExitCode.USAGE,
            rows.name() + " has no column " + choice.source(),
            "its columns are "
                + String.join(
                    ", ", rows.schema().getFields().stream().map(Field::getName).toList()));
      }
      chosen.put(choice.source(), choice);
    }
    return chosen;
  }

  private static boolean isText(Dataset rows, FieldChoice choice) {
    if (choice.type() == null) {
      return false;
    }
    Field field = rows.schema().findField(choice.source());
    String own =
        dev.godwit.spi.record.Fields.nativeType(FieldPlaces.of(field, "").field()).orElse("");
    if (!choice.type().equals("string") && !choice.type().equals(own)) {
      throw new GodwitException(
          ExitCode.USAGE,
          "column %s of %s cannot become %s".formatted(choice.source(), rows.name(), choice.type()),
          "it can become " + (own.equals("string") ? own : own + " or string"));
    }
    return !choice.type().equals(own);
  }

  private static FieldMapping mapping(Field field, String path, boolean text) {
    Placement placement = text ? FieldPlaces.text(field, path) : FieldPlaces.of(field, path);
    String warning = path.startsWith(ID + ".") ? "" : FieldPlaces.warning(path);
    String note = placement.note();
    String both = note.isEmpty() || warning.isEmpty() ? note + warning : note + "; " + warning;
    return new FieldMapping(field, new Placement(placement.field(), placement.fidelity(), both));
  }

  private static void checkTwice(Dataset rows, List<String> names, List<Integer> places) {
    Set<String> met = new HashSet<>();
    for (int place : places) {
      if (!met.add(names.get(place))) {
        throw new GodwitException(
            ExitCode.USAGE,
            "two columns of %s would be called %s".formatted(rows.name(), names.get(place)),
            "give one of them another name in the mapping");
      }
    }
  }

  /** The path of a field, of a column or inside of one, whose name begins with a dollar. */
  Optional<String> dollarField() {
    for (int place = 0; place < fields.size(); place++) {
      Field field = fields.get(place).target().field();
      Optional<String> found =
          names.get(place).startsWith("$")
              ? Optional.of(field.getName())
              : asText.get(place) ? Optional.empty() : inside(field.getName(), field);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Of what a column is made of, only the fields of a struct have names of their own. */
  private static Optional<String> inside(String path, Field field) {
    boolean struct = FieldKind.of(field) == FieldKind.STRUCT;
    for (Field child : field.getChildren()) {
      String name = struct ? path + "." + child.getName() : path;
      Optional<String> found =
          struct && child.getName().startsWith("$") ? Optional.of(name) : inside(name, child);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The paths of columns in the document. */
  List<String> paths(List<String> columns, Dataset rows) {
    return columns.stream().map(column -> path(column, rows)).toList();
  }

  /** Whether an index can name the field of a column. */
  boolean indexable(String column, Dataset rows) {
    String path = path(column, rows);
    String name = path.startsWith(ID + ".") ? path.substring(ID.length() + 1) : path;
    return FieldPlaces.warning(name).isEmpty();
  }

  /** The path of a column in the document. */
  String path(String column, Dataset rows) {
    List<Field> fields = rows.schema().getFields();
    for (int place = 0; place < fields.size(); place++) {
      if (fields.get(place).getName().equals(column)) {
        return key.contains(place) && idIsObject ? ID + "." + names.get(place) : names.get(place);
      }
    }
    return column;
  }
}
