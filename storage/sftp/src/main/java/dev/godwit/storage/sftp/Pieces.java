package dev.godwit.storage.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** The threads that send pieces, for all files of a storage together; so many are in memory. */
class Pieces implements AutoCloseable {
  private static final int AT_ONCE = 4;

  private final Semaphore room = new Semaphore(AT_ONCE);
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE,
          task -> {
            Thread thread = new Thread(task, "godwit-sftp-piece");
            thread.setDaemon(true);
            return thread;
          });

  /** A piece that is sent. */
  interface Sending {
    void send() throws IOException;
  }

  /** Sends on another thread; waits while too many are under way. */
  CompletableFuture<Void> submit(Sending piece) throws IOException {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted during a write").initCause(e);
    }
    return CompletableFuture.runAsync(() -> send(piece), threads)
        .whenComplete((sent, failure) -> room.release());
  }

  private static void send(Sending piece) {
    try {
      piece.send();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void await(CompletableFuture<Void> piece) throws IOException {
    try {
      Void unused = piece.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Waits until it is sent or has failed. */
  static void settle(CompletableFuture<Void> piece) {
    try {
      Void unused = piece.join();
    } catch (CompletionException e) {
      // It is given up anyway.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
