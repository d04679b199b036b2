package dev.godwit.vault.plane;

import dev.godwit.vault.key.BentSealException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Opens sealed pieces one after the other; only one is in memory. Used by one thread. */
public final class PieceInput extends InputStream {
  private final InputStream stored;
  private final PieceSeal seal;
  private final String what;
  private byte[] piece = {};
  private int at;
  private long number;
  private boolean last;

  /**
   * Reads pieces from where a stream stands to its end.
   *
   * @param what the file is, as {@link PieceOutput} was told
   */
  public PieceInput(InputStream stored, PieceSeal seal, String what) {
    this.stored = stored;
    this.seal = seal;
    this.what = what;
  }

  private boolean fill() throws IOException {
    while (at == piece.length) {
      if (last) {
        if (stored.read() >= 0) {
          throw new BentFileException("goes on behind its last piece");
        }
        return false;
      }
      open(length());
    }
    return true;
  }

  private int length() throws IOException {
    byte[] prefix = stored.readNBytes(4);
    if (prefix.length != 4) {
      throw new BentFileException("ends before its last piece");
    }
    int length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getInt();
    last = (length & Pieces.LAST) != 0;
    return length & ~Pieces.LAST;
  }

  private void open(int length) throws IOException {
    if (length > Pieces.MOST + Pieces.MOST_OVERHEAD) {
      throw new BentFileException("has a piece of " + length + " bytes, which nobody sealed");
    }
    byte[] sealed = stored.readNBytes(length);
    if (sealed.length != length) {
      throw new BentFileException("ends in the middle of a piece");
    }
    try {
      piece = seal.open(sealed, Pieces.aad(what, number++, last));
      at = 0;
    } catch (BentSealException e) {
      throw new BentFileException(e.getMessage(), e);
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? piece[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(count, piece.length - at);
    System.arraycopy(piece, at, into, from, taken);
    at += taken;
    return taken;
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }
}
