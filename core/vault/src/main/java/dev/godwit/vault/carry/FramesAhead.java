package dev.godwit.vault.carry;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.plane.VaultFiles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.arrow.memory.ArrowBuf;

/** Reads many frames in order, several ahead of whoever takes them. Used by one thread. */
public final class FramesAhead implements AutoCloseable {
  private static final long AHEAD = 16 << 20;

  private final StoredFrames frames;
  private final PluginContext context;
  private final ExecutorService readers;

  /** A frame that was read and proven; its memory is given back after it was taken. */
  public record Read(BlockRef block, ArrowBuf memory) {}

  private record Awaited(BlockRef block, CompletableFuture<ArrowBuf> memory) {}

  /** Reads those of a vault, as many at a time as the run has jobs. */
  public FramesAhead(VaultFiles files, PluginContext context) {
    this.frames = new StoredFrames(files, context.allocator());
    this.context = context;
    this.readers =
        Executors.newFixedThreadPool(
            context.jobs(),
            task -> {
              Thread thread = new Thread(task, "godwit-carry");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Tells each frame, in order.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} where one is missing or bent
   */
  public void each(Iterable<BlockRef> blocks, Consumer<Read> take) {
    Deque<Awaited> awaited = new ArrayDeque<>();
    Iterator<BlockRef> left = blocks.iterator();
    long ahead = 0;
    try {
      while (left.hasNext() || !awaited.isEmpty()) {
        context.cancellation().check();
        while (left.hasNext() && (awaited.isEmpty() || ahead < AHEAD)) {
          BlockRef block = left.next();
          ahead += block.length();
          awaited.add(
              new Awaited(block, CompletableFuture.supplyAsync(() -> frames.read(block), readers)));
        }
        Awaited first = awaited.remove();
        ahead -= first.block().length();
        try (ArrowBuf memory = join(first)) {
          take.accept(new Read(first.block(), memory));
        }
      }
    } finally {
      awaited.forEach(FramesAhead::giveBack);
    }
  }

  private static ArrowBuf join(Awaited awaited) {
    try {
      return awaited.memory().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void giveBack(Awaited awaited) {
    try {
      awaited.memory().join().close();
    } catch (CompletionException e) {
      // Nobody wanted this frame any more.
    }
  }

  @Override
  public void close() {
    readers.shutdown();
  }
}
