package dev.godwit.transfer;

import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.memory.MemoryServer;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Samples;
import dev.godwit.testkit.memory.Shape;
import dev.godwit.transfer.hash.Fingerprint;
import dev.godwit.transfer.hash.FingerprintRun;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.RootAllocator;

/** Stores in memory, and runs over them. Closing it fails where a buffer was not given back. */
final class Scene implements AutoCloseable {
  private final MemoryServer server = new MemoryServer();
  private final RootAllocator allocator = new RootAllocator(256L << 20);
  private final List<Runnable> opened = new ArrayList<>();
  private Cancellation cancellation = new Cancellation();
  final List<TransferEvent> events = new CopyOnWriteArrayList<>();

  Cancellation cancellation() {
    return cancellation;
  }

  /** What comes now is another process: nothing was cancelled. */
  void startAgain() {
    cancellation = new Cancellation();
    events.clear();
  }

  MemoryStore filled(Shape shape) {
    return Samples.fill(server.create(shape));
  }

  MemoryStore empty(Shape shape) {
    return server.create(shape);
  }

  private StoreAddress address(MemoryStore store, String options, boolean reading) {
    StoreUri uri = StoreUri.parse(server.uri(store) + options);
    return new StoreAddress(
        uri,
        Options.bind(reading ? server.reading().options() : server.writing().options(), uri),
        PasswordSource.NONE);
  }

  private PluginContext context() {
    return new PluginContext(allocator, cancellation, warning -> {}, 4);
  }

  ExtractRun read(MemoryStore store) {
    return read(store, "");
  }

  ExtractRun read(MemoryStore store, String options) {
    Extractor extractor = server.reading().open(address(store, options, true), context());
    ExtractRun run =
        extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL));
    opened.add(run::close);
    return run;
  }

  LoadPlan plan(ExtractRun run, boolean resume) {
    return new LoadPlan("plan", run.info(), run.catalogue(), Renames.NONE, false, resume);
  }

  Loader loader(MemoryStore store) {
    return server.writing().open(address(store, "", false), context());
  }

  LoadRun load(MemoryStore store, ExtractRun from, boolean resume) {
    LoadRun load = loader(store).begin(plan(from, resume));
    opened.add(load::close);
    return load;
  }

  Transfer transfer(int jobs) {
    return transfer(jobs, Transfer.FailurePolicy.STOP);
  }

  Transfer transfer(int jobs, Transfer.FailurePolicy policy) {
    return new Transfer(jobs, cancellation, events::add, policy);
  }

  <T extends TransferEvent> List<T> events(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  SortedMap<DatasetName, Fingerprint> fingerprints(MemoryStore store) {
    try (ExtractRun run = read(store)) {
      return FingerprintRun.of(run, 2, new Cancellation());
    }
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
    allocator.close();
    server.close();
  }
}
