package dev.godwit.compare;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A catalogue of datasets that are compared by another name or in another shape: no definitions.
 */
record DatasetsAlone(List<Dataset> all) implements Catalogue {
  @Override
  public Stream<Dataset> datasets() {
    return all.stream();
  }

  @Override
  public Stream<SchemaObject> objects() {
    return Stream.empty();
  }

  @Override
  public SortedMap<String, Long> notCarried() {
    return new TreeMap<>();
  }
}
