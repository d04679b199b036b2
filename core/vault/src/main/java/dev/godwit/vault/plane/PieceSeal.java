package dev.godwit.vault.plane;

import dev.godwit.vault.key.BentSealException;
import dev.godwit.vault.key.DataKey;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.key.WriterKeys;
import java.nio.ByteBuffer;

/** Seals pieces of a file, in either plane. Safe for use by many threads. */
public interface PieceSeal {
  /** Seals a piece. */
  byte[] seal(byte[] piece, byte[] aad);

  /**
   * Opens a piece.
   *
   * @throws BentSealException if it is not the one that was sealed with this aad
   */
  byte[] open(byte[] sealed, byte[] aad) throws BentSealException;

  /** In the writer plane: the same piece gives the same bytes. */
  static PieceSeal of(WriterKeys keys, Plane part) {
    return new PieceSeal() {
      @Override
      public byte[] seal(byte[] piece, byte[] aad) {
        return keys.seal(part, piece, aad);
      }

      @Override
      public byte[] open(byte[] sealed, byte[] aad) throws BentSealException {
        return keys.open(part, sealed, aad);
      }
    };
  }

  /** In the reader plane. */
  static PieceSeal of(DataKey key) {
    return new PieceSeal() {
      @Override
      public byte[] seal(byte[] piece, byte[] aad) {
        byte[] sealed = new byte[piece.length + DataKey.OVERHEAD];
        key.encrypt(ByteBuffer.wrap(piece), aad, ByteBuffer.wrap(sealed));
        return sealed;
      }

      @Override
      public byte[] open(byte[] sealed, byte[] aad) throws BentSealException {
        byte[] piece = new byte[Math.max(sealed.length - DataKey.OVERHEAD, 0)];
        key.decrypt(ByteBuffer.wrap(sealed), aad, ByteBuffer.wrap(piece));
        return piece;
      }
    };
  }
}
