package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** A store, or what a filter leaves of it, as it was when the run began. */
final class MemoryRun implements ExtractRun {
  private final MemoryStore store;
  private final ExtractRequest request;
  private final Selection selection;
  private final Reading reading;

  MemoryRun(
      MemoryStore store,
      ExtractRequest request,
      Selection selection,
      Options options,
      PluginContext context) {
    this.store = store;
    this.request = request;
    this.selection = selection;
    int batch = (int) options.number("batch-rows");
    this.reading =
        store.shape() == Shape.STREAM
            ? new MemoryPass(selection, batch, context)
            : new MemoryPartitions(
                store.shape(), selection, batch, (int) options.number("partition-rows"), context);
  }

  @Override
  public StoreInfo info() {
    return store.info();
  }

  @Override
  public Source source() {
    return request.source();
  }

  @Override
  public Reading reading() {
    return reading;
  }

  @Override
  public Catalogue catalogue() {
    return new Catalogue() {
      @Override
      public Stream<Dataset> datasets() {
        return selection.tables().values().stream().map(Selection.Table::dataset);
      }

      @Override
      public Stream<SchemaObject> objects() {
        return ordered(store.objects()).filter(MemoryRun.this::taken);
      }

      @Override
      public SortedMap<String, Long> notCarried() {
        return store.notCarried();
      }
    };
  }

  private boolean taken(SchemaObject object) {
    DatasetFilter filter = request.filter();
    return object.datasets().stream().allMatch(filter::takes);
  }

  /** By phase, and within a phase each object after those that it needs. */
  private static Stream<SchemaObject> ordered(List<SchemaObject> objects) {
    Map<String, SchemaObject> byId = new LinkedHashMap<>();
    objects.forEach(object -> byId.put(object.id(), object));
    Map<String, SchemaObject> placed = new LinkedHashMap<>();
    List<SchemaObject> byPhase = new ArrayList<>(objects);
    byPhase.sort(Comparator.comparing(SchemaObject::phase));
    byPhase.forEach(object -> place(object, byId, placed));
    return placed.values().stream();
  }

  private static void place(
      SchemaObject object, Map<String, SchemaObject> byId, Map<String, SchemaObject> placed) {
    if (!placed.containsKey(object.id())) {
      object.dependencies().forEach(id -> place(byId.get(id), byId, placed));
      placed.put(object.id(), object);
    }
  }

  @Override
  public Conclusion conclude() {
    Guarantee guarantee =
        switch (store.shape()) {
          case TYPED -> Guarantee.SNAPSHOT;
          case DOCUMENTS -> Guarantee.PER_PARTITION;
          case STREAM -> Guarantee.FUZZY;
        };
    return new Conclusion(
        new ConsistencyPoint(guarantee, ""), store.state().stream().filter(this::taken).toList());
  }

  @Override
  public void close() {}
}
