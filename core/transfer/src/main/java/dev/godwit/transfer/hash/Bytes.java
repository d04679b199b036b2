package dev.godwit.transfer.hash;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;

/** Encodes text, bytes, and what stands for them. */
final class Bytes {
  private static final int PIECE = 1 << 16;

  private Bytes() {}

  static Cell of(BaseVariableWidthVector vector, int tag) {
    return (row, out) -> {
      if (vector.isNull(row)) {
        out.putByte(Tag.NULL);
        return;
      }
      int from = vector.getStartOffset(row);
      int length = vector.getEndOffset(row) - from;
      if (length > LargeValue.THRESHOLD) {
        large(vector, row, out);
      } else {
        out.putByte(tag);
        out.putInt(length);
        out.put(vector.getDataBuffer(), from, length);
      }
    };
  }

  static void large(BaseVariableWidthVector vector, int row, RowBytes out) {
    int from = vector.getStartOffset(row);
    int length = vector.getEndOffset(row) - from;
    large(length, sha256(vector.getDataBuffer(), from, length), out);
  }

  static void large(LargeReference reference, RowBytes out) {
    large(reference.length(), reference.sha256(), out);
  }

  private static void large(long length, byte[] sha256, RowBytes out) {
    out.putByte(Tag.LARGE);
    out.putLong(length);
    out.put(sha256);
  }

  static void misfit(Misfit misfit, RowBytes out) {
    byte[] kind = misfit.kind().name().getBytes(StandardCharsets.UTF_8);
    out.putByte(Tag.MISFIT);
    out.putInt(kind.length);
    out.put(kind);
    out.putInt(misfit.bytes().length);
    out.put(misfit.bytes());
  }

  private static byte[] sha256(ArrowBuf buffer, int from, int length) {
    MessageDigest digest = Sha256.begin();
    byte[] piece = new byte[PIECE];
    for (int done = 0; done < length; done += PIECE) {
      int count = Math.min(PIECE, length - done);
      buffer.getBytes((long) from + done, piece, 0, count);
      digest.update(piece, 0, count);
    }
    return digest.digest();
  }
}
