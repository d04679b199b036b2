package dev.godwit.vault.storage;

import dev.godwit.spi.storage.RetainedException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.file.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * A folder of this machine, or one that is mounted. A file is written under {@code work/}, synced,
 * then moved to its place in one step, and the folder that names it is synced too.
 */
public final class LocalFolder implements Storage {
  /**
   * Held in common while a file is put into a folder below {@code work/}, alone while such a folder
   * is taken away: all storages of a process write into one.
   */
  private static final ReadWriteLock WORK_FOLDERS = new ReentrantReadWriteLock();

  private final Path root;
  private final String display;
  private final Path work;

  private final MadeFolders made = new MadeFolders();

  /**
   * The folder need not exist; it is made with the first file, and goes again if no file came into
   * it.
   */
  public LocalFolder(Path root) {
    this(root, root.toAbsolutePath().normalize().toString());
  }

  /** A folder that has another name for people, otherwise as {@link #LocalFolder(Path)}. */
  public LocalFolder(Path root, String display) {
    this.root = root.toAbsolutePath().normalize();
    this.display = display;
    this.work = this.root.resolve(Layout.WORK).resolve(WorkFolder.OF_THIS_PROCESS);
  }

  @Override
  public Duration listLag() {
    return Duration.ZERO;
  }

  @Override
  public String display() {
    return display;
  }

  private Path resolve(String path) {
    Path resolved = root.resolve(path).normalize();
    if (!resolved.startsWith(root)) {
      throw new IllegalArgumentException("the path " + path + " leads out of the folder");
    }
    return resolved;
  }

  @Override
  public StorageWriter create(String path) throws IOException {
    made.keep();
    return new LocalFile(temporary(), resolve(path));
  }

  /** A new empty file. Another process may take the folder away if it counts this one as gone. */
  private Path temporary() throws IOException {
    WORK_FOLDERS.readLock().lock();
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          made.make(work);
          return Files.createFile(work.resolve(UUID.randomUUID().toString()));
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
          if (attempt == 10) {
            throw e;
          }
        }
      }
    } finally {
      WORK_FOLDERS.readLock().unlock();
    }
  }

  private Path write(byte[] content) throws IOException {
    Path file = temporary();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return file;
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    Path target = resolve(path);
    Path file = write(content);
    try {
      SyncedFolders.create(target.getParent());
      if (!place(file, target)) {
        return false;
      }
      made.keep();
      SyncedFolders.sync(target.getParent());
      return true;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** A hard link is the one way to name a whole file only if the name is free. */
  private static boolean place(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException e) {
      // Some file systems have no links. There, two writers of one name at one moment are not told
      // apart; the names that matter here are random or hashes, so that they do not meet.
      if (Files.exists(target)) {
        return false;
      }
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    made.keep();
    Path target = resolve(path);
    Path file = write(content);
    try {
      SyncedFolders.create(target.getParent());
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      SyncedFolders.sync(target.getParent());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws IOException {
    try (FileChannel channel = FileChannel.open(resolve(path), StandardOpenOption.READ)) {
      int total = 0;
      while (into.hasRemaining()) {
        int read = channel.read(into, offset + total);
        if (read < 0) {
          break;
        }
        total += read;
      }
      return total;
    }
  }

  @Override
  public StoredFile stat(String path) throws IOException {
    return stored(resolve(path));
  }

  private StoredFile stored(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new NoSuchFileException(file.toString(), null, "it is a folder");
    }
    String path = root.relativize(file).toString().replace(java.io.File.separatorChar, '/');
    return new StoredFile(path, attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  @Override
  public Stream<StoredFile> list(String folder) throws IOException {
    Path from = folder.isEmpty() ? root : resolve(folder);
    return below(from);
  }

  /** What is removed while it is listed is passed over. */
  @SuppressWarnings("StreamResourceLeak") // closed by flatMap, or by the caller
  private Stream<StoredFile> below(Path from) throws IOException {
    Stream<Path> entries;
    try {
      entries = Files.list(from);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Stream.empty();
    }
    return entries.flatMap(
        entry -> {
          try {
            return Files.isDirectory(entry) ? below(entry) : Stream.of(stored(entry));
          } catch (NoSuchFileException e) {
            return Stream.empty();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public void delete(String path) throws IOException {
    Path file = resolve(path);
    try {
      Files.deleteIfExists(file);
    } catch (FileSystemException e) {
      throw isForbidden(e) ? new RetainedException(path, Optional.empty(), e) : e;
    }
    if (path.startsWith(Layout.WORK + '/')) {
      deleteIfEmpty(file.getParent());
    }
  }

  /** No right to the folder, or a file that the system holds (EPERM: append-only, immutable). */
  private static boolean isForbidden(FileSystemException failure) {
    return failure instanceof AccessDeniedException
        || "Operation not permitted".equals(failure.getReason());
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    WORK_FOLDERS.writeLock().lock();
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Someone still writes there.
    } finally {
      WORK_FOLDERS.writeLock().unlock();
    }
  }

  @Override
  public Instant now() throws IOException {
    Path file = temporary();
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.isDirectory(work)) {
      deleteIfEmpty(work);
    }
    for (Path folder : made.unused()) {
      deleteIfEmpty(folder);
    }
  }
}
