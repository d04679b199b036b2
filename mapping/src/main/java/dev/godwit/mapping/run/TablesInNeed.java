package dev.godwit.mapping.run;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Tables whose definition is left out because it needs something that is left out: a parent that
 * they inherit from, a function in a default, the rows of another table as a type. They would be
 * missed only when their records come.
 */
final class TablesInNeed {
  private static final String TABLE = "table";

  private final Map<DatasetName, List<String>> needs = new LinkedHashMap<>();

  /**
   * Learns of a definition that is left out.
   *
   * @param leftOut the ids of those before it
   */
  void learn(SchemaObject object, Set<String> leftOut) {
    List<String> lacking = object.dependencies().stream().filter(leftOut::contains).toList();
    if (object.kind().equals(TABLE) && object.datasets().size() == 1 && !lacking.isEmpty()) {
      needs.put(object.datasets().get(0), lacking);
    }
  }

  /**
   * Looks whether one of them is to be loaded.
   *
   * @param redefined tables that are made from what is read of them, and need only their types
   * @throws GodwitException {@code USAGE} for the first that cannot be made
   */
  void check(Mapping mapping, Set<DatasetName> redefined) {
    if (needs.isEmpty()) {
      return;
    }
    Map<DatasetName, MappedDataset> moved = new HashMap<>();
    try (Stream<MappedDataset> datasets = mapping.datasets()) {
      datasets
          .filter(mapped -> needs.containsKey(mapped.source().name()))
          .forEach(mapped -> moved.put(mapped.source().name(), mapped));
    }
    for (DatasetName name : needs.keySet()) { // what others need comes first, and is told first
      if (moved.containsKey(name) && !redefined.contains(name)) {
        throw inNeed(name);
      } else if (moved.containsKey(name)) {
        moved.get(name).target().schema().getFields().forEach(field -> checkType(name, field));
      }
    }
  }

  private GodwitException inNeed(DatasetName name) {
    String need = needs.get(name).get(0).replaceFirst(":", " ");
    return new GodwitException(
        ExitCode.USAGE,
        need.startsWith(TABLE + " ")
            ? "%s needs %s, which gets other columns".formatted(name, need)
            : "%s needs %s, which is left out where a table gets other columns"
                .formatted(name, need),
        "choose its columns too where it is read (--columns %s=...), and it is made from them alone,"
                .formatted(name)
            + " or leave it out with --exclude");
  }

  private void checkType(DatasetName name, Field field) {
    String type = Fields.nativeType(field).orElse("").replaceFirst("(\\[\\])+$", "");
    needs.get(name).stream()
        .filter(need -> need.substring(need.indexOf(':') + 1).equals(type))
        .findFirst()
        .ifPresent(
            need -> {
              throw new GodwitException(
                  ExitCode.USAGE,
                  "column %s of %s is of the type of %s, which gets other columns or needs such"
                      .formatted(field.getName(), name, need.replaceFirst(":", " ")),
                  "leave the column out too, or the table with --exclude");
            });
  }
}
