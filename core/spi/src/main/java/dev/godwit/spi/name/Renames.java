package dev.godwit.spi.name;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * New names for datasets. A rename's parts are held against the last parts of a name: {@code
 * orders=orders_old} keeps database and schema, {@code public.orders=old.orders} moves the dataset
 * into another schema. Where several fit, the one of most parts holds.
 *
 * @param names from what a dataset is called to what it is to be called; both sides as many parts
 */
public record Renames(Map<DatasetName, DatasetName> names) {
  /** Every dataset keeps its name. */
  public static final Renames NONE = new Renames(Map.of());

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if the two sides of a rename have not as many parts
   */
  public Renames {
    names = Collections.unmodifiableMap(new TreeMap<>(names));
    names.forEach(
        (from, to) -> {
          if (from.parts().size() != to.parts().size()) {
            throw new IllegalArgumentException(
                "'" + from + "=" + to + "' must have as many parts on both sides");
          }
        });
  }

  /** What the dataset is to be called; its own name where nothing was said. */
  public DatasetName of(DatasetName name) {
    for (int kept = 0; kept < name.parts().size(); kept++) {
      DatasetName to = names.get(new DatasetName(name.parts().subList(kept, name.parts().size())));
      if (to != null) {
        List<String> parts = new ArrayList<>(name.parts().subList(0, kept));
        parts.addAll(to.parts());
        return new DatasetName(parts);
      }
    }
    return name;
  }

  /** Whether nothing is renamed. */
  public boolean isEmpty() {
    return names.isEmpty();
  }
}
