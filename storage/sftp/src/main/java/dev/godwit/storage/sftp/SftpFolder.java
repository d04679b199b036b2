package dev.godwit.storage.sftp;

import dev.godwit.spi.storage.RetainedException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;

/**
 * A folder of an SFTP server. A file is written in the process's folder of unfinished files, synced
 * where the server knows how, then given its name in one step. The protocol cannot sync folders.
 * Times are whole seconds.
 */
final class SftpFolder implements Storage {
  private final String display;
  private final String root;
  private final Connection connection;
  private final Folders folders;
  private final WorkFiles files;
  private final String work;
  private final Pieces pieces = new Pieces();
  private final Listing listing = new Listing(this::entries);

  /** Whether a file got its name, or may have. */
  private volatile boolean used;

  /**
   * The folder need not exist; it is made with the first file, and goes again if none came into it.
   *
   * @param work the folder of this process for what is not finished
   */
  SftpFolder(String display, String root, Connection connection, String work) {
    this.display = display;
    this.root = root;
    this.connection = connection;
    this.folders = new Folders(connection);
    this.work = resolve(work);
    this.files = new WorkFiles(connection, folders, this.work);
  }

  @Override
  public Duration listLag() {
    return Duration.ZERO;
  }

  @Override
  public String display() {
    return display;
  }

  private String resolve(String path) {
    if (("/" + path + "/").contains("/../")) {
      throw new IllegalArgumentException("the path " + path + " leads out of the folder");
    }
    if (path.isEmpty()) {
      return root;
    }
    return root.endsWith("/") ? root + path : root + '/' + path;
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public StorageWriter create(String path) throws IOException {
    used = true;
    try {
      return new RemoteFile(files, pieces, files.create(), resolve(path));
    } catch (IOException e) {
      throw SftpFailure.of(path, e);
    }
  }

  private String write(byte[] content) throws IOException {
    String file = files.create();
    try {
      files.write(file, 0, content, content.length);
      return file;
    } catch (IOException | RuntimeException e) {
      files.giveUp(file);
      throw e;
    }
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    try {
      String file = write(content);
      try {
        used = true;
        return files.place(file, resolve(path), content);
      } finally {
        files.giveUp(file);
      }
    } catch (IOException e) {
      throw SftpFailure.of(path, e);
    }
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    used = true;
    try {
      String file = write(content);
      try {
        files.putInPlace(file, resolve(path), content.length);
      } catch (IOException | RuntimeException e) {
        files.giveUp(file);
        throw e;
      }
    } catch (IOException e) {
      throw SftpFailure.of(path, e);
    }
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws IOException {
    String file = resolve(path);
    int start = into.position();
    try {
      return connection.run(
          (channel, again) -> {
            into.position(start);
            return channel.read(file, offset, into);
          });
    } catch (IOException e) {
      throw SftpFailure.of(path, e);
    }
  }

  @Override
  public StoredFile stat(String path) throws IOException {
    String file = resolve(path);
    try {
      Attributes there = connection.run((channel, again) -> channel.stat(file));
      if (there.isDirectory()) {
        throw new NoSuchFileException(path, null, "it is a folder");
      }
      return stored(path, there);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException e) {
      throw SftpFailure.of(path, e);
    }
  }

  /** What a server says of a file; some say nothing of what lies below a file, as of a folder. */
  static StoredFile stored(String path, Attributes there) {
    if (there.getModifyTime() == null) {
      throw new UncheckedIOException(
          new IOException("the SFTP server does not say how old " + path + " is"));
    }
    Instant modified = there.getModifyTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
    return new StoredFile(path, there.getSize(), modified);
  }

  @Override
  public Stream<StoredFile> list(String folder) throws IOException {
    try {
      return listing.below(folder);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private List<DirEntry> entries(String folder) {
    String there = resolve(folder);
    try {
      return connection.run((channel, again) -> channel.entries(there));
    } catch (IOException e) {
      IOException failure = SftpFailure.of(folder, e);
      if (failure instanceof NoSuchFileException) {
        return List.of();
      }
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void delete(String path) throws IOException {
    String file = resolve(path);
    try {
      files.remove(file);
      if (path.startsWith("work/")) {
        files.removeIfEmpty(above(file));
      }
    } catch (IOException e) {
      IOException failure = SftpFailure.of(path, e);
      throw failure instanceof AccessDeniedException
          ? new RetainedException(path, Optional.empty(), failure)
          : failure;
    }
  }

  @Override
  public Instant now() throws IOException {
    try {
      String file = files.create();
      try {
        return connection.run((channel, again) -> channel.stat(file)).getModifyTime().toInstant();
      } finally {
        files.giveUp(file);
      }
    } catch (IOException e) {
      throw SftpFailure.of("the clock", e);
    }
  }

  @Override
  public void close() throws IOException {
    pieces.close();
    listing.close();
    try {
      if (folders.isMade(work)) {
        files.removeIfEmpty(work);
      }
      String above = above(work);
      while (!used && folders.isOurs(above)) {
        files.removeIfEmpty(above);
        above = above(above);
      }
    } finally {
      connection.close();
    }
  }

  private static String above(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
