package dev.godwit.compare;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.ForwardingRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.KeyValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Datasets of keys as another kind of store has them: those that went into one space of it, as
 * several numbered databases into one cache, are one dataset with the name of that space. A key
 * that several of them hold is there as often. Closing it closes the run.
 */
public final class KeysTogether extends ForwardingRun {
  private final Map<DatasetName, Space> spaces = new LinkedHashMap<>();

  /** Datasets of the run that are shown as one. */
  private record Space(Dataset shown, List<Dataset> parts, Map<Partition, Slice> slices) {}

  /** A partition of a part. */
  private record Slice(Dataset part, Partition partition) {}

  private KeysTogether(ExtractRun run, Renames renames, KeySpaces target) {
    super(run);
    Map<DatasetName, List<Dataset>> parts = new LinkedHashMap<>();
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      datasets.forEach(
          dataset -> {
            DatasetName named = renames.of(dataset.name());
            DatasetName space = target.of(named.last()).map(Dataset::name).orElse(named);
            parts.computeIfAbsent(space, s -> new ArrayList<>()).add(dataset);
          });
    }
    parts.forEach(
        (name, of) -> spaces.put(name, new Space(as(name, of), of, new ConcurrentHashMap<>())));
  }

  /**
   * A run as another store has its keys, where both hold nothing else; else nothing.
   *
   * @param renames what datasets of the run are called in the target
   */
  public static Optional<KeysTogether> of(ExtractRun run, Renames renames, ExtractRun target) {
    if (!KeySpaces.only(run) || !KeySpaces.only(target)) {
      return Optional.empty();
    }
    try (Stream<Dataset> datasets = target.catalogue().datasets()) {
      return Optional.of(new KeysTogether(run, renames, new KeySpaces(datasets.toList())));
    }
  }

  private static Dataset as(DatasetName name, List<Dataset> parts) {
    Dataset first = parts.get(0).named(name);
    if (parts.size() == 1) {
      return first;
    }
    boolean alike = parts.stream().allMatch(part -> part.schema().equals(first.schema()));
    boolean known = parts.stream().allMatch(part -> part.estimate().rows() >= 0);
    long rows = parts.stream().mapToLong(part -> part.estimate().rows()).sum();
    return new Dataset(
        name,
        first.kind(),
        alike ? first.schema() : KeyValues.SCHEMA,
        List.of(),
        first.key(),
        List.of(),
        List.of(),
        "",
        known ? new Dataset.Estimate(rows, -1) : Dataset.Estimate.UNKNOWN,
        parts.stream().map(Dataset::attributes).distinct().count() == 1
            ? first.attributes()
            : Map.of());
  }

  /** Whether anything of the run went into a space of this name. */
  public boolean shows(DatasetName space) {
    return spaces.containsKey(space);
  }

  @Override
  public Catalogue catalogue() {
    return new DatasetsAlone(spaces.values().stream().map(Space::shown).toList());
  }

  @Override
  protected Reading.Partitioned seen(Reading.Partitioned partitions) {
    return new OfParts(partitions);
  }

  /** The partitions of all parts of a space, one part after the other. */
  private final class OfParts implements Reading.Partitioned {
    private final Reading.Partitioned parts;

    OfParts(Reading.Partitioned parts) {
      this.parts = parts;
    }

    @Override
    public Iterator<Partition> partitions(Dataset dataset) {
      Space space = spaces.get(dataset.name());
      Iterator<Slice> all =
          space.parts().stream().flatMap(part -> slices(part).stream()).iterator();
      return new Iterator<>() {
        private int met;

        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Partition next() {
          Slice slice = all.next();
          String from = met == 0 ? null : Integer.toString(met);
          String to = all.hasNext() ? Integer.toString(met + 1) : null;
          Partition next = new Partition(dataset.name(), met++, Span.between("part", from, to));
          space.slices().put(next, slice);
          return next;
        }
      };
    }

    private List<Slice> slices(Dataset part) {
      List<Slice> slices = new ArrayList<>();
      parts.partitions(part).forEachRemaining(partition -> slices.add(new Slice(part, partition)));
      return slices;
    }

    @Override
    public RecordReader open(Dataset dataset, Partition partition) {
      Slice slice = spaces.get(dataset.name()).slices().get(partition);
      return parts.open(slice.part(), slice.partition());
    }
  }
}
