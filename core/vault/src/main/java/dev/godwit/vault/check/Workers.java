package dev.godwit.vault.check;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Does one thing with each of many, several at a time. */
final class Workers {
  /** So many small files of a far storage; each may be read with a few megabytes in memory. */
  private static final int FAR = 8;

  private final Storage storage;
  private final PluginContext context;

  Workers(Storage storage, PluginContext context) {
    this.storage = storage;
    this.context = context;
  }

  /**
   * Does it, as many at a time as the run has jobs.
   *
   * @throws RuntimeException the first failure; what is under way is waited for, the rest left
   */
  <T> void each(Iterable<T> all, Consumer<T> work) {
    each(all, work, context.jobs());
  }

  /** As {@link #each}, with what takes little but the time until a far storage answers. */
  <T> void eachSmall(Iterable<T> all, Consumer<T> work) {
    each(all, work, storage.isRemote() ? Math.max(FAR, context.jobs()) : context.jobs());
  }

  private <T> void each(Iterable<T> all, Consumer<T> work, int atOnce) {
    Iterator<T> left = all.iterator();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    if (atOnce == 1) {
      drain(left, work, failure);
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<CompletableFuture<Void>> running =
          IntStream.range(0, atOnce)
              .mapToObj(i -> CompletableFuture.runAsync(() -> drain(left, work, failure), threads))
              .toList();
      running.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private <T> void drain(Iterator<T> left, Consumer<T> work, AtomicReference<Throwable> failure) {
    while (failure.get() == null) {
      T next;
      synchronized (left) {
        if (!left.hasNext()) {
          return;
        }
        next = left.next();
      }
      try {
        context.cancellation().check();
        work.accept(next);
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
        throw e;
      }
    }
  }
}
