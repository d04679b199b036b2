package dev.godwit.storage.sftp;

import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A file that is written under another name, piece by piece on several channels, and gets its own
 * when it is whole.
 */
final class RemoteFile implements StorageWriter {
  private static final int PIECE = 4 << 20;
  private static final int LEAST = 64 << 10;

  private final WorkFiles files;
  private final Pieces pieces;
  private final String temporary;
  private final String target;
  private final List<CompletableFuture<Void>> sent = new ArrayList<>();
  private byte[] piece = new byte[LEAST];
  private int filled;
  private long length;
  private boolean ended;

  /** Writes into an empty file that is there. */
  RemoteFile(WorkFiles files, Pieces pieces, String temporary, String target) {
    this.files = files;
    this.pieces = pieces;
    this.temporary = temporary;
    this.target = target;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (filled == PIECE) {
        send();
      }
      int count = Math.min(bytes.remaining(), PIECE - filled);
      if (filled + count > piece.length) {
        piece = Arrays.copyOf(piece, Math.min(PIECE, Math.max(filled + count, 2 * piece.length)));
      }
      bytes.get(piece, filled, count);
      filled += count;
    }
  }

  private void send() throws IOException {
    for (Iterator<CompletableFuture<Void>> each = sent.iterator(); each.hasNext(); ) {
      CompletableFuture<Void> one = each.next();
      if (one.isDone()) { // asked once: one that fails between two questions would be forgotten
        Pieces.await(one);
        each.remove();
      }
    }
    byte[] bytes = piece;
    int count = filled;
    long offset = length;
    sent.add(pieces.submit(() -> files.write(temporary, offset, bytes, count)));
    length += count;
    piece = new byte[LEAST];
    filled = 0;
  }

  @Override
  public void commit() throws IOException {
    send();
    for (CompletableFuture<Void> each : sent) {
      Pieces.await(each);
    }
    files.putInPlace(temporary, target, length);
    ended = true;
  }

  @Override
  public void abort() {
    if (ended) {
      return;
    }
    ended = true;
    for (CompletableFuture<Void> each : sent) {
      Pieces.settle(each);
    }
    files.giveUp(temporary);
  }

  @Override
  public void close() {
    abort();
  }
}
