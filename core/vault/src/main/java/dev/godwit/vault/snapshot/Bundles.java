package dev.godwit.vault.snapshot;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.BentFileException;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/**
 * The bundles of a vault's manifests, for whoever lists a far vault for the first time: a thousand
 * manifests are a thousand requests, and in bundles thirty or one. A snapshot is there while its
 * own manifest is; what bundles hold beside that is passed over, and a vault without any is as
 * good.
 */
public final class Bundles {
  /** So many manifests that are in no bundle are worth one. */
  static final int MANY = 32;

  private final Storage storage;

  /** Those of a vault. */
  public Bundles(Storage storage) {
    this.storage = storage;
  }

  private List<StoredFile> all() throws IOException {
    try (Stream<StoredFile> listed = storage.list(Layout.BUNDLES)) {
      return listed.filter(file -> ManifestBundle.isAt(file.path())).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Reads all that bundles hold; those that are bent, or vanish meanwhile, are passed over.
   *
   * @param each given the path and bytes of each manifest, proven, by several threads
   */
  void read(BiConsumer<String, byte[]> each) throws IOException {
    try {
      var unused =
          SeveralAtOnce.of(
              storage,
              all(),
              bundle -> {
                readUnchecked(bundle).forEach(each);
                return bundle;
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private SortedMap<String, byte[]> readUnchecked(StoredFile bundle) {
    try {
      return whole(bundle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SortedMap<String, byte[]> whole(StoredFile bundle) throws IOException {
    try {
      return ManifestBundle.read(storage, bundle.path());
    } catch (BentFileException | NoSuchFileException e) {
      return new TreeMap<>();
    }
  }

  /**
   * Those that are not as they were written.
   *
   * @return what is wrong with each, the end of a sentence, by its path
   */
  public SortedMap<String, String> bent(Cancellation cancellation) {
    SortedMap<String, String> bent = new ConcurrentSkipListMap<>();
    try {
      var unused =
          SeveralAtOnce.of(
              storage,
              all(),
              bundle -> {
                cancellation.check();
                whatIsBent(bundle).ifPresent(what -> bent.put(bundle.path(), what));
                return bundle;
              });
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.BUNDLES, e.getCause());
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.BUNDLES, e);
    }
    return bent;
  }

  private Optional<String> whatIsBent(StoredFile bundle) {
    try {
      var unused = ManifestBundle.read(storage, bundle.path());
      return Optional.empty();
    } catch (BentFileException e) {
      return Optional.of(e.getMessage());
    } catch (NoSuchFileException e) {
      return Optional.empty(); // a prune has made it anew meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a bundle of the manifests that are in none, where they are many; where they are not, this
   * asks for two lists at most. That it fails is no failure of the run that wrote a snapshot.
   */
  public void gather(Consumer<String> warnings) {
    try {
      Set<String> apart = new HashSet<>(ManifestFile.paths(storage));
      if (apart.size() < MANY || apart.size() - count() < MANY) {
        return;
      }
      Set<String> bundled = ConcurrentHashMap.newKeySet();
      read((path, manifest) -> bundled.add(path));
      apart.removeAll(bundled);
      BundleWriter writer = new BundleWriter(storage, new Cancellation());
      writer.addFromFiles(apart);
      writer.flush();
    } catch (IOException | GodwitException e) {
      warnings.accept(
          "manifests were not put together in "
              + Layout.BUNDLES
              + "/, so 'godwit list' takes longer: "
              + e.getMessage());
    }
  }

  /** How many manifests bundles hold, as their names say; some may be in two, or gone. */
  private long count() throws IOException {
    return all().stream().mapToLong(bundle -> ManifestBundle.countAt(bundle.path())).sum();
  }

  /**
   * Makes all bundles anew, of the manifests that are there and no others.
   *
   * @param remove given the path and size of each bundle that is not needed any more
   */
  public void renew(ObjLongConsumer<String> remove, Cancellation cancellation) throws IOException {
    List<StoredFile> old = all();
    Set<String> left = new HashSet<>(ManifestFile.paths(storage));
    BundleWriter writer = new BundleWriter(storage, cancellation);
    if (left.size() >= MANY) {
      for (StoredFile bundle : old) {
        cancellation.check();
        for (Map.Entry<String, byte[]> manifest : whole(bundle).entrySet()) {
          if (left.remove(manifest.getKey())) {
            writer.add(manifest.getKey(), manifest.getValue());
          }
        }
      }
      writer.addFromFiles(left);
      writer.flush();
    }
    for (StoredFile bundle : old) {
      cancellation.check();
      if (!writer.written().contains(bundle.path())) {
        remove.accept(bundle.path(), bundle.size());
      }
    }
  }
}
