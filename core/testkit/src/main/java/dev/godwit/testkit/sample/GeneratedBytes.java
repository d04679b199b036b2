package dev.godwit.testkit.sample;

import dev.godwit.testkit.row.LargeBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Objects;

/** Bytes that are computed as they are read, the same each time and never held. */
public final class GeneratedBytes extends InputStream {
  /** 1 GiB. */
  public static final long GIGABYTE = 1L << 30;

  private static final String GIGABYTE_SHA256 =
      "614fca74fb317f993d2a562fb5425e0658a182dd123ba7f7c6eb34c14405d510";
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long length;
  private long at;

  /** So many bytes. */
  public GeneratedBytes(long length) {
    this.length = length;
  }

  /** A value of 1 GiB, its hash known. */
  public static LargeBytes gigabyte() {
    return LargeBytes.generated(GIGABYTE, GIGABYTE_SHA256, () -> new GeneratedBytes(GIGABYTE));
  }

  /** A value of so many bytes. Reads them once, to know their hash. */
  public static LargeBytes value(long length) {
    try {
      String sha256 =
          HexFormat.of()
              .formatHex(LargeBytes.measured(new GeneratedBytes(length)).sha256().array());
      return LargeBytes.generated(length, sha256, () -> new GeneratedBytes(length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A word of the bytes, by SplitMix64. */
  private static long word(long index) {
    long z = (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public int read() {
    return at == length ? -1 : (int) (word(at / 8) >>> (at++ % 8 * 8)) & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, into.length);
    if (count > 0 && at == length) {
      return -1;
    }
    int wanted = (int) Math.min(count, length - at);
    int done = 0;
    while (done < wanted) {
      if (at % 8 == 0 && wanted - done >= 8) {
        LONGS.set(into, offset + done, word(at / 8));
        done += 8;
        at += 8;
      } else {
        into[offset + done++] = (byte) read();
      }
    }
    return wanted;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, length - at));
    at += skipped;
    return skipped;
  }
}
