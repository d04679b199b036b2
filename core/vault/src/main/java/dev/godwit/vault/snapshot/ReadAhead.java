package dev.godwit.vault.snapshot;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.moved.FrameReader;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Reads the frames of a partition ahead of whoever decompresses them, on other threads and so many
 * bytes at most, and proves each by its checksum. Used by one thread.
 */
final class ReadAhead implements AutoCloseable {
  /** Frames are about a third of their block: this is two or three blocks of 4 MiB. */
  private static final long AHEAD = 4 << 20;

  private final Storage storage;
  private final FrameReader reader;
  private final PartitionBlocks blocks;
  private final Executor readers;
  private final String dataset;
  private final Deque<Awaited> awaited = new ArrayDeque<>();
  private long ahead;
  private boolean listEnded;
  private Read current;

  /** A frame that was read. */
  record Read(BlockLine line, BlockRef ref, ArrowBuf memory) {
    ByteBuffer frame() {
      return memory.nioBuffer(0, ref.length());
    }
  }

  private record Awaited(int length, CompletableFuture<Read> read) {}

  ReadAhead(
      Storage storage,
      FrameReader reader,
      PartitionBlocks blocks,
      Executor readers,
      String dataset) {
    this.storage = storage;
    this.reader = reader;
    this.blocks = blocks;
    this.readers = readers;
    this.dataset = dataset;
  }

  /**
   * The next frame, valid until the next call; null at the end.
   *
   * @throws GodwitException {@code DAMAGED} if it is missing or bent
   */
  Read next() {
    release();
    ask();
    Awaited first = awaited.poll();
    if (first == null) {
      return null;
    }
    ahead -= first.length();
    try {
      current = first.read().join();
      return current;
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void ask() {
    while (!listEnded && (awaited.isEmpty() || ahead < AHEAD)) {
      Optional<BlockLine> line = blocks.next();
      if (line.isEmpty()) {
        listEnded = true;
        return;
      }
      BlockRef ref = ref(line.get());
      ahead += ref.length();
      awaited.add(
          new Awaited(
              ref.length(), CompletableFuture.supplyAsync(() -> read(line.get(), ref), readers)));
    }
  }

  private BlockRef ref(BlockLine line) {
    try {
      return line.ref();
    } catch (RuntimeException e) {
      throw new GodwitException(
          ExitCode.DAMAGED,
          "the block list of " + dataset + " has a line that makes no sense",
          null,
          e);
    }
  }

  private Read read(BlockLine line, BlockRef ref) {
    try {
      return new Read(line, ref, reader.read(ref));
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.volume(ref.volume()), e);
    } catch (DamagedBlockException e) {
      throw damaged(ref, e);
    }
  }

  /** Names the file, the block and the dataset. */
  GodwitException damaged(BlockRef ref, DamagedBlockException cause) {
    String what =
        "is damaged: the block at "
            + ref.offset()
            + ", needed by "
            + dataset
            + ", "
            + cause.getMessage();
    return StorageFailure.damaged(storage, Layout.volume(ref.volume()), what, cause);
  }

  private void release() {
    if (current != null) {
      current.memory().close();
      current = null;
    }
  }

  @Override
  public void close() {
    release();
    for (Awaited waiting : awaited) {
      try {
        waiting.read().join().memory().close();
      } catch (CompletionException e) {
        // Nobody wanted this frame any more.
      }
    }
    awaited.clear();
    blocks.close();
  }
}
