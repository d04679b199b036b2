package dev.godwit.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The threads that send parts, for all uploads of a storage together: so many parts at once, and no
 * more of them in memory.
 */
final class PartUploads implements AutoCloseable {
  private static final int AT_ONCE = 4;

  private final Semaphore room = new Semaphore(AT_ONCE);
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE,
          task -> {
            Thread thread = new Thread(task, "godwit-s3-part");
            thread.setDaemon(true);
            return thread;
          });

  /** Sends a part on another thread; waits while too many are under way. */
  <T> CompletableFuture<T> submit(Supplier<T> part) throws IOException {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted during an upload").initCause(e);
    }
    try {
      return CompletableFuture.supplyAsync(part, threads)
          .whenComplete((sent, failure) -> room.release());
    } catch (RuntimeException e) {
      room.release();
      throw e;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
