package dev.godwit.mapping.run;

import dev.godwit.mapping.mask.MaskedReader;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.ForwardingRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.extract.SentRecords;
import dev.godwit.spi.name.DatasetName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A run as its target gets it: records masked and converted, datasets by their names in the source.
 * Closing it closes the run below.
 */
public final class MappedRun extends ForwardingRun {
  /** Datasets whose mapping is kept at hand; the partitions of one come close together. */
  private static final int KEPT = 512;

  private final Mapping mapping;
  private final LossCount losses;
  private final BufferAllocator allocator;
  private final KeptObjects objects;
  private final HeldObjects held;
  private final Map<DatasetName, MappedDataset> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DatasetName, MappedDataset> eldest) {
          return size() > KEPT;
        }
      };

  /** A run through a mapping of its catalogue. */
  public MappedRun(ExtractRun run, Mapping mapping, LossCount losses, BufferAllocator allocator) {
    super(run);
    this.mapping = mapping;
    this.losses = losses;
    this.allocator = allocator;
    this.objects = new KeptObjects(run.catalogue(), mapping);
    this.held = new HeldObjects(() -> objects.of(run.catalogue().objects()));
  }

  /** Definitions that are not used, because their dataset is made otherwise: kind to how many. */
  public SortedMap<String, Long> leftOut() {
    return objects.leftOut();
  }

  @Override
  public Catalogue catalogue() {
    return new Catalogue() {
      @Override
      public Stream<Dataset> datasets() {
        return mapping.datasets().map(MappedRun.this::keep).map(MappedDataset::target);
      }

      @Override
      public Stream<SchemaObject> objects() {
        return held.stream();
      }

      @Override
      public boolean standsByDefinitions() {
        return mapping.keepsDefinitions() && below().catalogue().standsByDefinitions();
      }

      @Override
      public boolean standsByRecords() {
        return below().catalogue().standsByRecords();
      }

      @Override
      public SortedMap<String, Long> notCarried() {
        return below().catalogue().notCarried();
      }
    };
  }

  @Override
  public Reading reading() {
    if (below().reading() instanceof Reading.Partitioned partitioned) {
      return seen(partitioned);
    }
    try (Stream<MappedDataset> datasets = mapping.datasets()) {
      if (datasets.allMatch(MappedDataset::untouched)) {
        return below().reading();
      }
    }
    Reading.OnePass pass = (Reading.OnePass) below().reading();
    return (Reading.OnePass)
        () ->
            new MappedStream(
                pass.open(),
                this::mapped,
                (mapped, reader) ->
                    changed(mapped, Partition.whole(mapped.source().name()), reader));
  }

  /** Reads a reader in the new shape; closes it when it is closed. */
  private RecordReader changed(MappedDataset mapped, Partition partition, RecordReader all) {
    RecordReader reader =
        mapped.leftOut().isEmpty() ? all : new LeftOutFields(all, mapped.source(), mapped.read());
    RecordReader masked =
        mapped.masks().isEmpty() ? reader : new MaskedReader(reader, mapped.masks(), allocator);
    RecordReader narrowed = masked == all ? all : new NarrowedRows(masked, allocator);
    return mapped
        .conversion()
        .map(conversion -> conversion.reading(partition, narrowed, losses, allocator))
        .orElse(narrowed);
  }

  @Override
  protected Reading.Partitioned seen(Reading.Partitioned partitions) {
    return new Mapped(partitions);
  }

  /** Partitions, read in the new shape. */
  private final class Mapped implements Reading.Partitioned {
    private final Reading.Partitioned partitioned;

    Mapped(Reading.Partitioned partitioned) {
      this.partitioned = partitioned;
    }

    @Override
    public Iterator<Partition> partitions(Dataset dataset) {
      return partitioned.partitions(mapped(dataset).source());
    }

    @Override
    public RecordReader open(Dataset dataset, Partition partition) {
      MappedDataset mapped = mapped(dataset);
      RecordReader all = partitioned.open(mapped.source(), partition);
      try {
        return changed(mapped, partition, all);
      } catch (RuntimeException | Error e) {
        all.close();
        throw e;
      }
    }

    @Override
    public Optional<SentRecords> asSent(Dataset dataset, List<String> columns, int keys) {
      MappedDataset mapped = mapped(dataset);
      return mapped.untouched()
          ? partitioned.asSent(mapped.source(), columns, keys)
          : Optional.empty();
    }
  }

  private synchronized MappedDataset keep(MappedDataset dataset) {
    kept.put(dataset.source().name(), dataset);
    return dataset;
  }

  private MappedDataset mapped(Dataset dataset) {
    return mapped(dataset.name());
  }

  private MappedDataset mapped(DatasetName name) {
    synchronized (this) {
      MappedDataset known = kept.get(name);
      if (known != null) {
        return known;
      }
    }
    try (Stream<MappedDataset> datasets = mapping.datasets()) {
      return keep(
          datasets
              .filter(d -> d.source().name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("the run has no dataset " + name)));
    }
  }

  @Override
  public Conclusion conclude() {
    Conclusion whole = below().conclude();
    return new Conclusion(whole.point(), objects.state(whole.state()));
  }
}
