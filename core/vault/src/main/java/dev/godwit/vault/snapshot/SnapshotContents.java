package dev.godwit.vault.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.aside.Spool;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The contents of a snapshot, ready to be asked for any dataset and any partition. The lines lie in
 * a spool; of each dataset only the hash of its name and the place of its line are held. Safe for
 * use by many threads.
 */
final class SnapshotContents implements AutoCloseable {
  private static final int PLACE = Long.BYTES + Integer.BYTES;

  private final Storage storage;
  private final String path;
  private final Spool lines = new Spool();
  private final Spool places = new Spool();
  private final List<Entry> inOrder = new ArrayList<>();
  private final List<Entry> byHash;

  /** A dataset: where its line is, and where the places of its partitions' lines begin. */
  private record Entry(long hash, long offset, int length, long firstPlace, int partitions) {}

  /** Reads the contents of a snapshot through once. */
  SnapshotContents(VaultFiles files, Manifest manifest) {
    this.storage = files.storage();
    this.path = Layout.LISTS + '/' + manifest.contents();
    try (ListReader list = ListReader.open(files, manifest.contents(), ListKind.CONTENTS)) {
      for (String line = next(list); line != null; line = next(list)) {
        readDataset(line, list);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    this.byHash = new ArrayList<>(inOrder);
    byHash.sort(Comparator.comparingLong(Entry::hash));
    if (inOrder.size() != manifest.totals().datasets()) {
      close();
      throw damaged("holds " + inOrder.size() + " datasets of " + manifest.totals().datasets());
    }
  }

  private static String next(ListReader list) {
    return list.nextLine().orElse(null);
  }

  private void readDataset(String line, ListReader list) {
    ContentsLine dataset = parse(line);
    if (dataset.dataset() == null) {
      throw damaged("has a partition without a dataset");
    }
    long hash = hash(nameOf(dataset));
    long firstPlace = places.length();
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    long offset = append(bytes);
    for (int i = 0; i < dataset.partitions(); i++) {
      String next = next(list);
      if (next == null) {
        throw damaged("ends before the partitions of " + dataset.dataset().name());
      }
      byte[] partition = next.getBytes(StandardCharsets.UTF_8);
      byte[] place =
          ByteBuffer.allocate(PLACE).putLong(append(partition)).putInt(partition.length).array();
      places.write(place, 0, PLACE);
    }
    inOrder.add(new Entry(hash, offset, bytes.length, firstPlace, dataset.partitions()));
  }

  private DatasetName nameOf(ContentsLine line) {
    try {
      if (line.partitions() == null) {
        throw new IllegalArgumentException("it says nothing of its partitions");
      }
      return new DatasetName(line.dataset().name());
    } catch (RuntimeException e) {
      throw StorageFailure.damaged(
          storage, path, "names a dataset in a way that makes no sense", e);
    }
  }

  private long append(byte[] line) {
    long offset = lines.length();
    lines.write(line, 0, line.length);
    return offset;
  }

  private static long hash(DatasetName name) {
    long hash = 0;
    for (String part : name.parts()) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
      }
      hash = (hash ^ 0x10000) * 0x9E3779B97F4A7C15L;
    }
    return hash;
  }

  private GodwitException damaged(String what) {
    return StorageFailure.damaged(storage, path, what, null);
  }

  private ContentsLine parse(String line) {
    try {
      return Objects.requireNonNull(Json.LINE.readValue(line, ContentsLine.class));
    } catch (JsonProcessingException | RuntimeException e) {
      throw StorageFailure.damaged(storage, path, "has a line that makes no sense", e);
    }
  }

  private ContentsLine line(long offset, int length) {
    return parse(new String(lines.bytes(offset, length), StandardCharsets.UTF_8));
  }

  /** The datasets, in the order in which they were written. */
  Stream<Dataset> datasets() {
    return inOrder.stream().map(entry -> dataset(line(entry.offset(), entry.length())));
  }

  private Dataset dataset(ContentsLine line) {
    try {
      return line.described();
    } catch (RuntimeException e) {
      throw StorageFailure.damaged(storage, path, "describes a dataset that makes no sense", e);
    }
  }

  private Entry entry(DatasetName name) {
    long hash = hash(name);
    int low = 0;
    int high = byHash.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (byHash.get(middle).hash() < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < byHash.size() && byHash.get(i).hash() == hash; i++) {
      Entry entry = byHash.get(i);
      if (line(entry.offset(), entry.length()).dataset().name().equals(name.parts())) {
        return entry;
      }
    }
    throw new GodwitException(
        ExitCode.USAGE, "the snapshot holds no dataset " + name, "'godwit show' lists them");
  }

  /** The partitions of a dataset, in order, one at a time. */
  Iterator<PartitionLine> partitions(DatasetName name) {
    Entry entry = entry(name);
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < entry.partitions();
      }

      @Override
      public PartitionLine next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return partition(name, entry, next++);
      }
    };
  }

  /** One partition of a dataset. */
  PartitionLine partition(DatasetName name, int ordinal) {
    Entry entry = entry(name);
    if (ordinal < 0 || ordinal >= entry.partitions()) {
      throw new IllegalArgumentException(name + " has no partition " + ordinal);
    }
    return partition(name, entry, ordinal);
  }

  private PartitionLine partition(DatasetName name, Entry entry, int ordinal) {
    ByteBuffer place =
        ByteBuffer.wrap(places.bytes(entry.firstPlace() + (long) ordinal * PLACE, PLACE));
    PartitionLine partition = line(place.getLong(), place.getInt()).partition();
    if (partition == null || partition.ordinal() != ordinal) {
      throw damaged("has the partitions of " + name + " out of order");
    }
    requireSense(partition, name);
    return partition;
  }

  private void requireSense(PartitionLine partition, DatasetName name) {
    try {
      Partition unused = partition.of(name);
    } catch (RuntimeException e) {
      throw StorageFailure.damaged(storage, path, "has a partition that makes no sense", e);
    }
  }

  @Override
  public void close() {
    lines.close();
    places.close();
  }
}
