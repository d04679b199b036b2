package dev.godwit.vault.snapshot;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.run.Cancellation;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The definitions of a run, read by a thread of their own while its records are read: each takes
 * the server some dozens of statements, for which no reader needs to wait.
 */
final class DefinitionsBeside implements AutoCloseable {
  private final FutureTask<Taken> task;
  private final Thread thread;

  /**
   * What was read.
   *
   * @param notCarried what the source holds and the run does not carry
   */
  record Taken(SetAsideObjects objects, SortedMap<String, Long> notCarried) {}

  /** Begins to read. */
  DefinitionsBeside(Catalogue catalogue, Cancellation cancellation) {
    this.task =
        new FutureTask<>(
            () -> {
              SortedMap<String, Long> notCarried = new TreeMap<>(catalogue.notCarried());
              return new Taken(SetAsideObjects.of(catalogue, cancellation), notCarried);
            });
    this.thread = new Thread(task, "godwit-definitions");
    thread.setDaemon(true);
    thread.start();
  }

  /** Throws what the reading failed with, once it has; waits for nothing. */
  void check() {
    if (task.isDone()) {
      var ignored = taken();
    }
  }

  /** What was read, once it all was. */
  Taken taken() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // the task declares no other
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for the end of the reading; a run that was cancelled has ended its statements. */
  @Override
  public void close() {
    try {
      taken().objects().close();
    } catch (RuntimeException e) {
      // It was told when it mattered; what failed holds nothing open.
    }
  }
}
