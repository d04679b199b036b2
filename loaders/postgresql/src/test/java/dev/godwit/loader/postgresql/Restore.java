package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.PostgresExtractorProvider;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;

/** A source open for reading and a target open for writing, to be moved step by step. */
final class Restore implements AutoCloseable {
  private final RootAllocator allocator = new RootAllocator();
  final List<String> warnings = new ArrayList<>();
  final Cancellation cancellation = new Cancellation();
  private final PluginContext context =
      new PluginContext(allocator, cancellation, warnings::add, 2);
  private final Extractor extractor;
  private final ExtractRun run;
  final Loader loader;
  private Renames renames = Renames.NONE;
  private boolean create;
  private boolean resume;

  Restore(String source, String target) {
    this(source, target, DatasetFilter.ALL);
  }

  Restore(String source, String target, DatasetFilter filter) {
    ExtractorProvider reads = new PostgresExtractorProvider();
    this.extractor = reads.open(address(source, reads.options()), context);
    this.run = extractor.begin(new ExtractRequest(extractor.sources().get(0), filter));
    LoaderProvider writes = new PostgresqlLoaderProvider();
    this.loader = writes.open(address(target, writes.options()), context);
  }

  static DatasetFilter only(String... patterns) {
    return new DatasetFilter(
        Stream.of(patterns).map(DatasetPattern::parse).toList(), List.of(), List.of(), List.of());
  }

  private static StoreAddress address(String uri, List<OptionSpec> options) {
    StoreUri parsed = StoreUri.parse(uri);
    return new StoreAddress(parsed, Options.bind(options, parsed), PasswordSource.NONE);
  }

  Restore renaming(String from, String to) {
    renames = new Renames(Map.of(DatasetName.parse(from), DatasetName.parse(to)));
    return this;
  }

  Restore creating() {
    create = true;
    return this;
  }

  Restore resuming() {
    resume = true;
    return this;
  }

  LoadPlan plan() {
    return new LoadPlan("plan", run.info(), run.catalogue(), renames, create, resume);
  }

  List<String> obstacles() {
    return loader.inspect(plan()).stream().map(Loader.Obstacle::what).toList();
  }

  /** Everything from begin to complete. */
  LoadRun.LoadReport all() {
    try (LoadRun load = loader.begin(plan())) {
      data(load);
      return finish(load);
    }
  }

  void data(LoadRun load) {
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      datasets.forEach(
          dataset -> {
            if (load.leftOut(dataset).isPresent()) {
              return;
            }
            load.prepare(dataset);
            reading()
                .partitions(dataset)
                .forEachRemaining(
                    partition -> {
                      if (!load.holds(partition)) {
                        move(load, dataset, partition);
                      }
                    });
            load.loaded(dataset);
          });
    }
  }

  Optional<Dataset> dataset(String name) {
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      return datasets.filter(d -> d.name().last().equals(name)).findFirst();
    }
  }

  void move(LoadRun load, Dataset dataset, Partition partition) {
    try (RecordReader reader = reading().open(dataset, partition);
        RecordWriter writer = load.open(dataset, partition)) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        writer.write(item);
      }
      writer.commit();
    }
  }

  Reading.Partitioned reading() {
    return (Reading.Partitioned) run.reading();
  }

  ExtractRun.Conclusion conclude() {
    return run.conclude();
  }

  LoadRun.LoadReport finish(LoadRun load) {
    for (LoadRun.Stage stage : load.finish(conclude())) {
      stage.steps().forEach(step -> step.work().run());
    }
    return load.complete();
  }

  @Override
  public void close() {
    loader.close();
    run.close();
    extractor.close();
    allocator.close();
  }
}
