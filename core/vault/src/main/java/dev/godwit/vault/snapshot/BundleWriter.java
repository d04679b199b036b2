package dev.godwit.vault.snapshot;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.storage.SeveralAtOnce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes manifests into bundles, each as soon as it is full. Used by one thread. */
final class BundleWriter {
  /** Read at a time, and held in memory. */
  private static final int AT_A_TIME = 32;

  private final Storage storage;
  private final Cancellation cancellation;
  private final Set<String> written = new HashSet<>();
  private final SortedMap<String, byte[]> manifests = new TreeMap<>();
  private long bytes;

  BundleWriter(Storage storage, Cancellation cancellation) {
    this.storage = storage;
    this.cancellation = cancellation;
  }

  /** Adds a manifest that was proven. */
  void add(String path, byte[] manifest) throws IOException {
    manifests.put(path, manifest);
    bytes += manifest.length;
    if (bytes >= ManifestBundle.FULL) {
      flush();
    }
  }

  /**
   * Reads manifests from their own files, and adds them. Those that are bent, which a check tells,
   * and such as vanish meanwhile are left out.
   */
  void addFromFiles(Collection<String> paths) throws IOException {
    List<String> sorted = paths.stream().sorted().toList();
    for (int from = 0; from < sorted.size(); from += AT_A_TIME) {
      cancellation.check();
      List<String> some = sorted.subList(from, Math.min(sorted.size(), from + AT_A_TIME));
      List<Optional<byte[]>> read = new ArrayList<>();
      try {
        read.addAll(SeveralAtOnce.of(storage, some, this::manifest));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      for (int i = 0; i < some.size(); i++) {
        if (read.get(i).isPresent()) {
          add(some.get(i), read.get(i).get());
        }
      }
    }
  }

  private Optional<byte[]> manifest(String path) {
    try {
      return Optional.of(SmallFile.read(storage, path))
          .filter(read -> Hash.of(read).startsWith(ManifestFile.idAt(path).orElseThrow()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what is not written yet. */
  void flush() throws IOException {
    if (!manifests.isEmpty()) {
      written.add(ManifestBundle.write(storage, manifests));
      manifests.clear();
      bytes = 0;
    }
  }

  /** The paths of the bundles that were written. */
  Set<String> written() {
    return written;
  }
}
