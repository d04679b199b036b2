package dev.godwit.vault.snapshot;

import dev.godwit.spi.aside.Spool;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.StoredBlocks;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.DatasetLine;
import dev.godwit.vault.list.ListWriter;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a run has written so far: datasets in the order in which they were prepared, partitions in
 * whatever order they are committed. Descriptions are set aside on disk; of a dataset only its name
 * and the places of its lines are held. Safe for use by many threads.
 */
final class WrittenContents implements AutoCloseable {
  private final Spool spool = new Spool();
  private final Map<DatasetName, Entry> entries = new LinkedHashMap<>();
  private final Map<DatasetName, String> leftOut = new LinkedHashMap<>();

  private static final class Entry {
    private long offset;
    private int length;
    private long[] partitions = new long[0];
    private int[] lengths = new int[0];
    private long rows;
    private long bytes;
    private long blocks;
    private long reusedBlocks;
    private long reusedBytes;

    private void add(SetAside partition, int sign) {
      rows += sign * partition.line.rows();
      bytes += sign * partition.line.bytes();
      blocks += sign * partition.line.count();
      reusedBlocks += sign * partition.reusedBlocks;
      reusedBytes += sign * partition.reusedBytes;
    }
  }

  /** A partition's line, and what of its blocks earlier runs had stored. */
  private record SetAside(PartitionLine line, long reusedBlocks, long reusedBytes) {}

  synchronized void prepare(Dataset dataset) {
    Entry entry = new Entry();
    if (entries.putIfAbsent(dataset.name(), entry) != null) {
      throw new IllegalStateException(dataset.name() + " was prepared twice");
    }
    byte[] line = ListWriter.json(DatasetLine.of(dataset));
    entry.offset = spool.length();
    entry.length = line.length;
    spool.write(line, 0, line.length);
  }

  synchronized void requirePrepared(DatasetName dataset) {
    if (!entries.containsKey(dataset) && !leftOut.containsKey(dataset)) {
      throw new IllegalStateException(dataset + " was not prepared");
    }
  }

  synchronized void committed(DatasetName dataset, PartitionLine partition, StoredBlocks blocks) {
    Entry entry = entries.get(dataset);
    if (entry == null) {
      return; // left out meanwhile
    }
    int ordinal = partition.ordinal();
    if (ordinal >= entry.partitions.length) {
      int size = Math.max(ordinal + 1, entry.partitions.length * 3 / 2);
      entry.partitions = Arrays.copyOf(entry.partitions, size);
      entry.lengths = Arrays.copyOf(entry.lengths, size);
    }
    if (entry.lengths[ordinal] != 0) {
      throw new IllegalStateException(dataset + "#" + ordinal + " was committed twice");
    }
    SetAside aside = new SetAside(partition, blocks.reusedBlocks(), blocks.reusedBytes());
    byte[] line = ListWriter.json(aside);
    entry.partitions[ordinal] = spool.length();
    entry.lengths[ordinal] = line.length;
    entry.add(aside, 1);
    spool.write(line, 0, line.length);
  }

  /** Where a partition and its dataset are set aside. */
  private record Place(DatasetName name, long dataset, int datasetLength, long at, int length) {}

  /**
   * Takes back every partition with a block in one of the volumes, or whose list is gone: it may be
   * committed again.
   *
   * @param isGone whether a list of blocks can be relied on no more
   * @return those that were taken back, read from where they are set aside as the stream is walked
   */
  synchronized Stream<LoadRun.Lost> takeBack(
      Set<VolumeId> volumes, VaultFiles files, Predicate<String> isGone) {
    List<Place> taken = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          for (int i = 0; i < entry.lengths.length; i++) {
            if (entry.lengths[i] == 0) {
              continue;
            }
            SetAside partition = setAside(entry.partitions[i], entry.lengths[i]);
            String list = partition.line.list();
            boolean lost = list != null && isGone.test(list);
            if (lost || PartitionBlocks.anyIn(files, partition.line, volumes)) {
              taken.add(
                  new Place(
                      name, entry.offset, entry.length, entry.partitions[i], entry.lengths[i]));
              entry.lengths[i] = 0;
              entry.add(partition, -1);
            }
          }
        });
    return taken.stream()
        .map(
            place ->
                new LoadRun.Lost(
                    dataset(place.dataset, place.datasetLength).dataset(),
                    partition(place.at, place.length).of(place.name)));
  }

  /** The first list of blocks that is gone; nothing where all are there. */
  synchronized Optional<String> gone(Predicate<String> isGone) {
    for (Entry entry : entries.values()) {
      for (int i = 0; i < entry.lengths.length; i++) {
        if (entry.lengths[i] > 0) {
          String list = partition(entry.partitions[i], entry.lengths[i]).list();
          if (list != null && isGone.test(list)) {
            return Optional.of(list);
          }
        }
      }
    }
    return Optional.empty();
  }

  private DatasetLine dataset(long offset, int length) {
    return line(offset, length, DatasetLine.class);
  }

  private PartitionLine partition(long offset, int length) {
    return setAside(offset, length).line;
  }

  private SetAside setAside(long offset, int length) {
    return line(offset, length, SetAside.class);
  }

  private <T> T line(long offset, int length, Class<T> type) {
    try {
      return Json.LINE.readValue(spool.bytes(offset, length), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void leaveOut(DatasetName dataset, String reason) {
    entries.remove(dataset);
    leftOut.put(dataset, reason);
  }

  synchronized List<Manifest.LeftOut> leftOut() {
    return leftOut.entrySet().stream()
        .map(entry -> new Manifest.LeftOut(entry.getKey().toString(), entry.getValue()))
        .toList();
  }

  synchronized Set<DatasetName> namesLeftOut() {
    return Set.copyOf(leftOut.keySet());
  }

  /** What was written in all, with nothing said of new bytes. */
  synchronized Manifest.Totals totals() {
    long rows = 0;
    long bytes = 0;
    long blocks = 0;
    for (Entry entry : entries.values()) {
      rows += entry.rows;
      bytes += entry.bytes;
      blocks += entry.blocks;
    }
    return new Manifest.Totals(entries.size(), rows, bytes, blocks, 0);
  }

  /** What of it earlier runs had stored; nothing is said of what is new. */
  synchronized StoredBlocks reused() {
    long blocks = 0;
    long bytes = 0;
    for (Entry entry : entries.values()) {
      blocks += entry.reusedBlocks;
      bytes += entry.reusedBytes;
    }
    return new StoredBlocks(0, 0, blocks, bytes);
  }

  /**
   * Writes the contents.
   *
   * @param references hears of each partition in their order
   * @throws GodwitException {@code FAILED} if the partitions of a dataset do not tile it: then part
   *     of it was never written
   */
  synchronized void writeTo(ListWriter list, References references) {
    entries.forEach((name, entry) -> write(list, references, name, entry));
  }

  private void write(ListWriter list, References references, DatasetName name, Entry entry) {
    int partitions = partitions(entry);
    byte[] dataset = spool.bytes(entry.offset, entry.length);
    list.addRaw(ContentsLine.of(dataset, entry.rows, entry.bytes, partitions));
    List<Span> seam = new ArrayList<>(2);
    boolean whole = partitions > 0;
    for (int i = 0; i < partitions && whole; i++) {
      whole = entry.lengths[i] != 0;
      if (whole) {
        PartitionLine line = partition(entry.partitions[i], entry.lengths[i]);
        list.add(new ContentsLine(null, null, null, null, line));
        references.add(line);
        whole = follows(seam, line.span(), i == partitions - 1);
      }
    }
    if (!whole) {
      throw new GodwitException(
          ExitCode.FAILED,
          "the partitions of " + name + " that were written are not the whole of it",
          "this is a fault of Godwit or of the store's plugin; please report it");
    }
  }

  /** Holds each span against the one before it, as {@link Span#tile} does with all at once. */
  private static boolean follows(List<Span> seam, Span span, boolean last) {
    Optional<Span> before = seam.isEmpty() ? Optional.empty() : Optional.of(seam.get(0));
    seam.clear();
    seam.add(span);
    return before.flatMap(Span::to).equals(span.from())
        && before.map(b -> b.axis().equals(span.axis())).orElse(true)
        && before.map(b -> b.to().isPresent()).orElse(true)
        && span.to().isEmpty() == last;
  }

  private static int partitions(Entry entry) {
    int count = entry.lengths.length;
    while (count > 0 && entry.lengths[count - 1] == 0) {
      count--;
    }
    return count;
  }

  @Override
  public void close() {
    spool.close();
  }

  /** How a partition is told where it was cut off. */
  static PartitionLine line(
      Partition partition, long rows, long bytes, long count, BlockListDraft.Written blocks) {
    return new PartitionLine(
        partition.ordinal(),
        partition.span().axis(),
        partition.span().from().orElse(null),
        partition.span().to().orElse(null),
        rows,
        bytes,
        count,
        blocks.inline(),
        blocks.list());
  }
}
