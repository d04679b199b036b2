package dev.godwit.vault.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** A large value, read piece by piece. Used by one thread. */
final class LargePieces extends InputStream {
  private final Supplier<Piece> next;
  private ByteBuffer piece;
  private boolean last;
  private boolean over;
  private long length;

  /** The bytes of a piece, valid until the next is asked for, and whether it is the last. */
  record Piece(ByteBuffer bytes, boolean last) {}

  LargePieces(Supplier<Piece> next, ByteBuffer first, boolean last) {
    this.next = next;
    this.piece = first;
    this.last = last;
    this.length = first.remaining();
  }

  private boolean fill() {
    while (!piece.hasRemaining()) {
      if (last) {
        return false;
      }
      Piece following = next.get();
      piece = following.bytes();
      last = following.last();
      length += piece.remaining();
    }
    return true;
  }

  @Override
  public int read() throws IOException {
    requireValid();
    return fill() ? piece.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    requireValid();
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int read = Math.min(count, piece.remaining());
    piece.get(into, from, read);
    return read;
  }

  private void requireValid() throws IOException {
    if (over) {
      throw new IOException("a large value is read before the next item is asked for");
    }
  }

  /** Goes to the end of the value; it cannot be read then. */
  void skipRest() {
    do {
      piece.position(piece.limit());
    } while (fill());
    over = true;
  }

  /** How many bytes it had; known after {@link #skipRest}. */
  long length() {
    return length;
  }
}
