package dev.godwit.extractor.postgresql.copy;

import com.dynatrace.hash4j.hashing.ByteAccess;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.godwit.spi.record.Misfit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * In place of a row's fields the hash of their bytes, XXH3-128, lower half first, and how many they
 * are: taken where the socket put them, so that they need not be copied to be compared.
 */
final class SentHash extends FixedDecoder {
  /** Bytes of a hash and a length. */
  static final int WIDTH = 3 * Long.BYTES;

  private static final Hasher128 HASHER = Hashing.xxh3_128();

  SentHash(BufferAllocator allocator) {
    super("fields as they are sent", -1, WIDTH, allocator);
  }

  @Override
  Misfit.Kind convert(long from, int length, long to) {
    HashValue128 hash = HASHER.hashBytesTo128Bits(Memory.ALL, from, length, Memory.ALL);
    MemoryUtil.putLong(to, hash.getLeastSignificantBits());
    MemoryUtil.putLong(to + Long.BYTES, hash.getMostSignificantBits());
    MemoryUtil.putLong(to + 2 * Long.BYTES, length);
    return null;
  }

  /** Bytes by their address; what the hasher calls an offset. */
  private enum Memory implements ByteAccess<Memory> {
    ALL;

    @Override
    public byte getByte(Memory all, long address) {
      return MemoryUtil.getByte(address);
    }

    @Override
    public int getInt(Memory all, long address) {
      return MemoryUtil.getInt(address);
    }

    @Override
    public long getLong(Memory all, long address) {
      return MemoryUtil.getLong(address);
    }
  }
}
