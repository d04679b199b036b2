package dev.godwit.vault.snapshot;

import dev.godwit.spi.storage.ForwardingStorage;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.UserFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A far storage whose manifests, once read, lie on this machine too: a list of a thousand snapshots
 * then takes one request and not a thousand. Where many are missing, bundles are read first. What
 * lies here is the stored bytes, believed only while they have the hash that their name says, and
 * only of manifests that the vault still lists. The folder may be deleted at any time; where it
 * cannot be written, everything is read from afar.
 */
public final class NearManifests extends ForwardingStorage {
  /** Larger ones are read from afar. */
  private static final int MOST_BYTES = 32 << 10;

  private static final int MOST_FILES = 10_000;
  private static final String UNFINISHED = ".new";

  private final Path folder;

  private NearManifests(Storage far, Path folder) {
    super(far);
    this.folder = folder;
  }

  /**
   * The storage, with its manifests nearer where that helps: it is far, and there is a folder for
   * caches.
   */
  public static Storage over(Storage storage, String vault, Map<String, String> environment) {
    Optional<Path> caches = UserFolders.caches(environment);
    return storage.isRemote() && caches.isPresent()
        ? new NearManifests(storage, caches.get().resolve(vault))
        : storage;
  }

  private static Optional<String> nameOf(String path) {
    return ManifestFile.idAt(path).map(id -> path.substring(Layout.SNAPSHOTS.length() + 1));
  }

  private static boolean isWhole(String path, byte[] bytes) {
    return ManifestFile.idAt(path).map(id -> Hash.of(bytes).startsWith(id)).orElse(false);
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws IOException {
    Optional<String> name = offset == 0 ? nameOf(path) : Optional.empty();
    if (name.isEmpty()) {
      return super.read(path, offset, into);
    }
    Optional<byte[]> near = near(path, name.get());
    if (near.isPresent() && near.get().length <= into.remaining()) {
      into.put(near.get());
      return near.get().length;
    }
    int start = into.position();
    int read = super.read(path, offset, into);
    if (read <= MOST_BYTES && into.hasRemaining()) {
      byte[] bytes = new byte[read];
      into.get(start, bytes);
      keep(path, name.get(), bytes);
    }
    return read;
  }

  private Optional<byte[]> near(String path, String name) {
    Path file = folder.resolve(name);
    try {
      if (!Files.exists(file) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      if (isWhole(path, bytes)) {
        return Optional.of(bytes);
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What cannot be read here is read from afar.
    }
    return Optional.empty();
  }

  private void keep(String path, String name, byte[] bytes) {
    if (!isWhole(path, bytes)) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "", UNFINISHED); // for nobody but this user
      try {
        Files.write(file, bytes);
        Files.move(
            file,
            folder.resolve(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It is read from afar again.
    }
  }

  @Override
  public Stream<StoredFile> list(String below) throws IOException {
    if (!below.equals(Layout.SNAPSHOTS)) {
      return super.list(below);
    }
    List<StoredFile> listed;
    try (Stream<StoredFile> files = super.list(below)) {
      listed = files.toList();
    }
    Set<String> missing =
        listed.stream().flatMap(file -> nameOf(file.path()).stream()).collect(Collectors.toSet());
    keepOnly(missing);
    if (missing.size() >= Bundles.MANY) {
      keepBundled(missing);
    }
    return listed.stream();
  }

  private void keepBundled(Set<String> wanted) {
    try {
      new Bundles(below()).read((path, bytes) -> keepIf(wanted, path, bytes));
    } catch (IOException e) {
      // Each is read from its own file; where that cannot be done either, it is said then.
    }
  }

  private void keepIf(Set<String> wanted, String path, byte[] bytes) {
    String name = nameOf(path).orElseThrow();
    if (bytes.length <= MOST_BYTES && wanted.contains(name)) {
      keep(path, name, bytes);
    }
  }

  /**
   * So that it never holds more than the vault does.
   *
   * @param names of what the vault holds; those that are near are taken out
   */
  private void keepOnly(Set<String> names) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      long kept = 0;
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        boolean manifest = ManifestFile.idAt(Layout.SNAPSHOTS + '/' + name).isPresent();
        if (manifest && (!names.remove(name) || ++kept > MOST_FILES)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // It may be in the way of nothing.
    }
  }
}
