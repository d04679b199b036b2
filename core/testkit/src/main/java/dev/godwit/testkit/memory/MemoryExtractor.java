package dev.godwit.testkit.memory;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Capability;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreInfo;
import java.util.List;
import java.util.Set;

/** Reads one store. */
final class MemoryExtractor implements Extractor {
  private final MemoryStore store;
  private final StoreAddress address;
  private final PluginContext context;

  MemoryExtractor(MemoryStore store, StoreAddress address, PluginContext context) {
    this.store = store;
    this.address = address;
    this.context = context;
  }

  @Override
  public StoreInfo info() {
    return store.info();
  }

  @Override
  public Set<Capability> capabilities() {
    return switch (store.shape()) {
      case TYPED ->
          Set.of(
              Capability.PARALLEL_READ,
              Capability.CONSISTENT_SNAPSHOT,
              Capability.STABLE_BLOCKS,
              Capability.FILTER_RECORDS,
              Capability.CHOOSE_COLUMNS);
      case DOCUMENTS -> Set.of(Capability.PARALLEL_READ, Capability.STABLE_BLOCKS);
      case STREAM -> Set.of();
    };
  }

  @Override
  public List<Source> sources() {
    String id = store.info().identity() + "/" + store.name();
    return List.of(new Source(id, store.name(), address.uri().display()));
  }

  @Override
  public ExtractRun begin(ExtractRequest request) {
    context.cancellation().check();
    request.refuseQueries(info().engine());
    DatasetFilter filter = request.filter();
    if (!filter.where().isEmpty() && !capabilities().contains(Capability.FILTER_RECORDS)) {
      throw new GodwitException(
          ExitCode.USAGE, info().engine() + " takes no conditions", "leave --where out");
    }
    if (!filter.columns().isEmpty() && !capabilities().contains(Capability.CHOOSE_COLUMNS)) {
      throw new GodwitException(
          ExitCode.USAGE, info().engine() + " reads all columns", "leave --columns out");
    }
    for (DatasetPattern pattern : filter.include()) {
      if (store.datasets().stream().noneMatch(dataset -> pattern.matches(dataset.name()))) {
        throw new GodwitException(
            ExitCode.USAGE, "no dataset matches '" + pattern + "'", "list the datasets");
      }
    }
    return new MemoryRun(store, request, Selection.of(store, filter), address.options(), context);
  }

  @Override
  public void close() {}
}
