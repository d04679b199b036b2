package dev.godwit.mapping.file;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The entries of one table of a TOML file, and where they stand. */
final class TomlEntries {
  private final String file;
  private final TomlTable table;
  private final String place;

  /** The entries of a whole file. */
  TomlEntries(String file, TomlTable table) {
    this(file, table, file + ":1:1");
  }

  private TomlEntries(String file, TomlTable table, String place) {
    this.file = file;
    this.table = table;
    this.place = place;
  }

  /** Where it begins: file, line and column, both from 1. */
  String place() {
    return place;
  }

  /**
   * Makes sure that there are no keys but these.
   *
   * @throws GodwitException {@code USAGE} if there is another
   */
  void allow(String... keys) {
    for (String key : table.keySet()) {
      if (!List.of(keys).contains(key)) {
        throw wrong(
            key, "nothing is called '" + key + "' here", "there is " + String.join(", ", keys));
      }
    }
  }

  /** A text. */
  Optional<String> text(String key) {
    return of(key, String.class, "a text in quotes");
  }

  /** True or false. */
  Optional<Boolean> flag(String key) {
    return of(key, Boolean.class, "true or false");
  }

  /** The tables in a table, by their keys. */
  Map<String, TomlEntries> tables(String key) {
    Map<String, TomlEntries> tables = new LinkedHashMap<>();
    Optional<TomlTable> all = of(key, TomlTable.class, "a table");
    if (all.isPresent()) {
      TomlEntries entries = new TomlEntries(file, all.get(), placeOf(key));
      for (String name : all.get().keySet()) {
        TomlTable one =
            entries.of(name, TomlTable.class, "a table, such as { name = \"...\" }").orElseThrow();
        tables.put(name, new TomlEntries(file, one, entries.placeOf(name)));
      }
    }
    return tables;
  }

  private <T> Optional<T> of(String key, Class<T> type, String what) {
    Object value = table.get(List.of(key));
    if (value == null || type.isInstance(value)) {
      return Optional.ofNullable(value).map(type::cast);
    }
    throw wrong(key, "'" + key + "' is not " + what, "write it as " + what);
  }

  /** Where the value of a key is written. */
  String placeOf(String key) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    return position == null ? place : file + ":" + position.line() + ":" + position.column();
  }

  /** Something is wrong with the value of a key; with the table itself where the key is empty. */
  GodwitException wrong(String key, String what, String hint) {
    return new GodwitException(
        ExitCode.USAGE, (key.isEmpty() ? place : placeOf(key)) + ": " + what, hint);
  }
}
