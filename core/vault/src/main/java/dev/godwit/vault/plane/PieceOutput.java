package dev.godwit.vault.plane;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Seals what is written, piece by piece of 1 MiB. Used by one thread. */
public final class PieceOutput extends OutputStream {
  private final OutputStream stored;
  private final PieceSeal seal;
  private final String what;
  private byte[] piece = new byte[4096];
  private int held;
  private long number;
  private boolean ended;

  /**
   * Begins with nothing.
   *
   * @param stored takes the sealed pieces; is not closed
   * @param what the file is, to which each piece is bound
   */
  public PieceOutput(OutputStream stored, PieceSeal seal, String what) {
    this.stored = stored;
    this.seal = seal;
    this.what = what;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      if (held == Pieces.MOST) {
        put(false); // only now is it known that it is not the last
      }
      int taken = Math.min(count - done, Pieces.MOST - held);
      if (held + taken > piece.length) {
        piece = Arrays.copyOf(piece, Math.min(Pieces.MOST, Math.max(held + taken, held * 2)));
      }
      System.arraycopy(bytes, from + done, piece, held, taken);
      held += taken;
      done += taken;
    }
  }

  private void put(boolean last) throws IOException {
    byte[] sealed = seal.seal(Arrays.copyOf(piece, held), Pieces.aad(what, number, last));
    stored.write(Pieces.length(sealed.length, last));
    stored.write(sealed);
    number++;
    held = 0;
  }

  /** Seals the last piece. */
  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      put(true);
    }
  }
}
