package dev.godwit.vault.check;

import dev.godwit.spi.run.PluginContext;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Does one thing with each of many, as many at a time as the run has jobs. */
final class Workers {
  private final PluginContext context;

  Workers(PluginContext context) {
    this.context = context;
  }

  /**
   * Does it.
   *
   * @throws RuntimeException the first failure; what is under way is waited for, the rest left
   */
  <T> void each(Iterable<T> all, Consumer<T> work) {
    Iterator<T> left = all.iterator();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    if (context.jobs() == 1) {
      drain(left, work, failure);
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(context.jobs());
    try {
      List<CompletableFuture<Void>> running =
          IntStream.range(0, context.jobs())
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
