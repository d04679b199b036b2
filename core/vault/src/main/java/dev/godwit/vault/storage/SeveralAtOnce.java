package dev.godwit.vault.storage;

import dev.godwit.spi.storage.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Asks a storage for one small thing after another: where each waits for a network, several at a
 * time, and in turn where none does, since threads would only cost there.
 */
public final class SeveralAtOnce {
  /** With 20 ms for each, a thousand take 0.6 s. */
  private static final int AT_ONCE = 32;

  private SeveralAtOnce() {}

  /**
   * Does something with each.
   *
   * @return what came of each, in the order of what was given
   * @throws RuntimeException of the first in that order that failed; what is under way is waited
   *     for, the rest is left
   */
  public static <A, B> List<B> of(Storage storage, List<A> all, Function<A, B> work) {
    int threads = Math.min(AT_ONCE, all.size());
    return storage.isRemote() && threads > 1
        ? parallel(all, work, threads)
        : all.stream().map(work).toList();
  }

  private static <A, B> List<B> parallel(List<A> all, Function<A, B> work, int threads) {
    Object[] results = new Object[all.size()];
    Map<Integer, Throwable> failures = new ConcurrentSkipListMap<>();
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads, SeveralAtOnce::daemon);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(
                () -> {
                  for (int n; failures.isEmpty() && (n = next.getAndIncrement()) < all.size(); ) {
                    try {
                      results[n] = work.apply(all.get(n));
                    } catch (RuntimeException | Error e) {
                      failures.put(n, e);
                    }
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("reading several files at once was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause()); // none: each keeps its own above
    } finally {
      pool.shutdownNow();
    }
    for (Throwable first : failures.values()) {
      if (first instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) first;
    }
    @SuppressWarnings("unchecked")
    List<B> done = (List<B>) Arrays.asList(results);
    return done;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "godwit-read-small");
    thread.setDaemon(true);
    return thread;
  }
}
