package dev.godwit.storage.sftp;

import dev.godwit.spi.storage.Storage.StoredFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;

/**
 * Lists what lies below a folder. To list one folder takes four ways to the server and back, and a
 * vault has hundreds of them; so the next few folders are asked for ahead, beside each other. What
 * those hold is in memory, and no more.
 */
final class Listing implements AutoCloseable {
  private static final int AHEAD = 8;

  private final Function<String, List<DirEntry>> entries;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AHEAD,
          AHEAD,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "godwit-sftp-list");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A listing.
   *
   * @param entries what one folder holds; called by several threads
   */
  Listing(Function<String, List<DirEntry>> entries) {
    this.entries = entries;
    threads.allowCoreThreadTimeOut(true);
  }

  /** The files below a folder, at any depth. */
  Stream<StoredFile> below(String folder) {
    return below(folder, entries.apply(folder));
  }

  private Stream<StoredFile> below(String folder, List<DirEntry> held) {
    Stream<StoredFile> files =
        held.stream()
            .filter(entry -> !entry.getAttributes().isDirectory())
            .map(file -> SftpFolder.stored(path(folder, file), file.getAttributes()));
    Iterator<Listed> folders =
        new Ahead(
            held.stream()
                .filter(entry -> entry.getAttributes().isDirectory())
                .map(entry -> path(folder, entry))
                .iterator());
    Stream<Listed> deeper =
        StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(folders, Spliterator.NONNULL | Spliterator.ORDERED),
            false);
    return Stream.concat(files, deeper.flatMap(next -> below(next.folder(), next.entries())));
  }

  private static String path(String folder, DirEntry entry) {
    return folder.isEmpty() ? entry.getFilename() : folder + '/' + entry.getFilename();
  }

  private record Listed(String folder, List<DirEntry> entries) {}

  /** Folders with what they hold, in their order. */
  private final class Ahead implements Iterator<Listed> {
    private final Iterator<String> left;
    private final Deque<CompletableFuture<Listed>> asked = new ArrayDeque<>();

    Ahead(Iterator<String> folders) {
      this.left = folders;
    }

    @Override
    public boolean hasNext() {
      return !asked.isEmpty() || left.hasNext();
    }

    @Override
    public Listed next() {
      while (left.hasNext() && asked.size() < AHEAD) {
        String folder = left.next();
        asked.add(
            CompletableFuture.supplyAsync(
                () -> new Listed(folder, entries.apply(folder)), threads));
      }
      if (asked.isEmpty()) {
        throw new NoSuchElementException();
      }
      try {
        return asked.remove().join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw e;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
