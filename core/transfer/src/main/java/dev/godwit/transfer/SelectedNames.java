package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which names a filter takes. A partition is meant by the name of the table that is divided into
 * it, too: what holds for that holds for all its partitions, at any depth. Which those are, the
 * definitions of kind {@code partition} tell, which belong to the partition and then to its table.
 */
final class SelectedNames {
  private static final String PARTITION = "partition";

  private final DatasetFilter filter;
  private final Map<DatasetName, DatasetName> divided = new HashMap<>();

  /** The names that the filter takes out of a catalogue, whose definitions are gone through. */
  SelectedNames(Catalogue whole, DatasetFilter filter) {
    this.filter = filter;
    try (Stream<SchemaObject> objects = whole.objects()) {
      objects
          .filter(object -> object.kind().equals(PARTITION) && object.datasets().size() == 2)
          .forEach(object -> divided.put(object.datasets().get(0), object.datasets().get(1)));
    }
  }

  /** Whether the dataset or divided table is taken. */
  boolean take(DatasetName name) {
    return (filter.include().isEmpty() || filter.include().stream().anyMatch(p -> means(p, name)))
        && filter.exclude().stream().noneMatch(p -> means(p, name));
  }

  /** Whether a definition belongs to datasets, all of which are taken. */
  boolean takeAllOf(SchemaObject object) {
    return !object.datasets().isEmpty() && object.datasets().stream().allMatch(this::take);
  }

  /** Whether all is taken but some names: then what belongs to no dataset is meant too. */
  boolean onlyLeavesOut() {
    return filter.include().isEmpty();
  }

  /** Whether a pattern matches a name, or that of a table that it is a partition of. */
  boolean means(DatasetPattern pattern, DatasetName name) {
    return Stream.iterate(name, n -> n != null, divided::get).anyMatch(pattern::matches);
  }
}
