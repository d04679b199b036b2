package dev.godwit.compare;

import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.name.Renames;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be compared.
 *
 * @param filter which datasets, by their names on either side; without conditions and columns
 * @param renames what datasets of A are called in B, where that is something else
 * @param shown how many differences of each dataset are told, the first by key; {@link
 *     Integer#MAX_VALUE} for all, in no order
 */
public record CompareRequest(DatasetFilter filter, Renames renames, int shown) {

  /** The filter for side B: a dataset that is renamed is sought under its new name only. */
  DatasetFilter filterOfB() {
    if (filter.include().isEmpty() || renames.isEmpty()) {
      return filter;
    }
    List<DatasetPattern> include = new ArrayList<>(filter.include());
    List<DatasetPattern> exclude = new ArrayList<>(filter.exclude());
    renames.names().values().forEach(name -> include.add(exactly(name)));
    renames.names().keySet().stream()
        .filter(name -> !renames.names().containsValue(name))
        .forEach(name -> exclude.add(exactly(name)));
    return new DatasetFilter(include, exclude, List.of(), List.of());
  }

  private static DatasetPattern exactly(DatasetName name) {
    return DatasetPattern.parse(name.toString());
  }
}
