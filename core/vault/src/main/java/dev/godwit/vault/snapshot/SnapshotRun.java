package dev.godwit.vault.snapshot;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.block.BlockOpener;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.frame.Frames;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.ObjectLine;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.moved.FrameReader;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A snapshot, read as any store is. */
public final class SnapshotRun implements ExtractRun, Reading.Partitioned, Catalogue {
  private final VaultFiles files;
  private final Storage storage;
  private final Manifest manifest;
  private final PluginContext context;
  private final FrameReader reader;
  private final SnapshotContents contents;
  private final ExecutorService readers;

  /**
   * Opens a snapshot.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if its contents cannot be read
   */
  public SnapshotRun(VaultFiles files, Manifest manifest, PluginContext context) {
    this.files = files;
    this.storage = files.storage();
    this.manifest = manifest;
    this.context = context;
    this.reader = new FrameReader(files, context.allocator());
    this.contents = new SnapshotContents(files, manifest);
    this.readers =
        Executors.newFixedThreadPool(
            context.jobs(),
            task -> {
              Thread thread = new Thread(task, "godwit-read-ahead");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public StoreInfo info() {
    return manifest.origin();
  }

  @Override
  public Source source() {
    return manifest.source();
  }

  @Override
  public Catalogue catalogue() {
    return this;
  }

  @Override
  public Reading reading() {
    return this;
  }

  @Override
  public Stream<Dataset> datasets() {
    return contents.datasets();
  }

  @Override
  public Stream<SchemaObject> objects() {
    if (manifest.objects().isEmpty()) {
      return Stream.empty();
    }
    ListReader list = ListReader.open(files, manifest.objects().get(), ListKind.OBJECTS);
    return Stream.generate(() -> list.next(ObjectLine.class))
        .takeWhile(Optional::isPresent)
        .map(line -> object(list, line.get()))
        .onClose(list::close);
  }

  private SchemaObject object(ListReader list, ObjectLine line) {
    try {
      return line.object();
    } catch (RuntimeException e) {
      throw StorageFailure.damaged(
          storage, list.path(), "describes an object that makes no sense", e);
    }
  }

  /** It was sealed without a dataset only where they do. */
  @Override
  public boolean standsByDefinitions() {
    return manifest.totals().datasets() == 0 && manifest.objects().isPresent();
  }

  @Override
  public SortedMap<String, Long> notCarried() {
    return manifest.notCarried();
  }

  @Override
  public Iterator<Partition> partitions(Dataset dataset) {
    Iterator<PartitionLine> lines = contents.partitions(dataset.name());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return lines.hasNext();
      }

      @Override
      public Partition next() {
        return lines.next().of(dataset.name());
      }
    };
  }

  @Override
  public RecordReader open(Dataset dataset, Partition partition) {
    PartitionLine line = contents.partition(dataset.name(), partition.ordinal());
    ReadAhead frames =
        new ReadAhead(
            storage, reader, new PartitionBlocks(files, line), readers, partition.toString());
    String listed = line.list() == null ? manifest.contents() : line.list();
    return new PartitionReader(
        frames,
        new BlockOpener(Frames.opening(files)),
        context.allocator(),
        context.cancellation(),
        line.rows(),
        what -> StorageFailure.damaged(storage, Layout.list(listed), partition + " " + what, null));
  }

  @Override
  public Conclusion conclude() {
    return new Conclusion(manifest.point(), List.of());
  }

  @Override
  public void close() {
    readers.shutdown(); // what readers still wait for is read to its end
    contents.close();
  }
}
