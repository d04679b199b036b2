package dev.godwit.mapping.keyvalue;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Index;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The columns of a template, which are known to tell the rows of a dataset apart: among them are
 * all of its key, or of a unique index that is never null.
 *
 * @param template that they are of
 * @param places of the columns, in its order
 */
record KeyColumns(KeyTemplate template, List<Integer> places) {
  /**
   * The columns of a template, or of the one that goes by default.
   *
   * @throws GodwitException {@code USAGE} where there is no such column, or rows could share a key
   */
  static KeyColumns of(Dataset rows, Keying keying) {
    if (keying.template().isEmpty() && rows.key().isEmpty()) {
      throw refused(
          rows, "the rows of " + rows.name() + " have no primary key that their keys could be of");
    }
    KeyTemplate template =
        keying.template().orElseGet(() -> KeyTemplate.byDefault(keying.name(), rows.key()));
    List<String> columns = rows.schema().getFields().stream().map(Field::getName).toList();
    for (String column : template.columns()) {
      if (!columns.contains(column)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "--key " + template + ": " + rows.name() + " has no column " + column,
            "its columns are " + String.join(", ", columns));
      }
    }
    if (!tellsApart(rows, new HashSet<>(template.columns()))) {
      throw refused(
          rows, "--key " + template + ": two rows of " + rows.name() + " could have the same key");
    }
    return new KeyColumns(template, template.columns().stream().map(columns::indexOf).toList());
  }

  private static boolean tellsApart(Dataset rows, Set<String> named) {
    boolean byKey = !rows.key().isEmpty() && named.containsAll(rows.key());
    return byKey
        || rows.indexes().stream()
            .filter(Index::unique)
            .map(Index::columns)
            .anyMatch(c -> named.containsAll(c) && rows.required().containsAll(c));
  }

  private static GodwitException refused(Dataset rows, String what) {
    if (rows.key().isEmpty()) {
      return new GodwitException(
          ExitCode.USAGE,
          what,
          "move a query of it, with the columns that name each row: --query NAME=QUERY --key"
              + " NAME=A,B; or leave it out with --exclude");
    }
    String all = rows.key().stream().map(c -> "{" + c + "}").collect(Collectors.joining(":"));
    return new GodwitException(
        ExitCode.USAGE,
        what,
        "name all columns of its primary key: --key '%s:%s'".formatted(rows.name().last(), all));
  }
}
