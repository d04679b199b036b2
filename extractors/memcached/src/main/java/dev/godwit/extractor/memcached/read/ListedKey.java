package dev.godwit.extractor.memcached.read;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A key as the crawler lists it.
 *
 * @param key its bytes; not copied
 * @param expires seconds since 1970, or -1 for never
 * @param size what the item takes in the server, in bytes: more than its value
 */
@SuppressWarnings("ArrayRecordComponent") // compared by key below
record ListedKey(byte[] key, long expires, int size) implements Comparable<ListedKey> {
  /** For never. */
  static final long NEVER = -1;

  private static final int OVERHEAD = 80;

  /** By the bytes of the key. */
  @Override
  public int compareTo(ListedKey other) {
    return Arrays.compareUnsigned(key, other.key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ListedKey that && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** What it takes in memory, about. */
  int footprint() {
    return key.length + OVERHEAD;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(key.length);
    out.write(key);
    out.writeLong(expires);
    out.writeInt(size);
  }

  static ListedKey read(DataInput in) throws IOException {
    byte[] key = new byte[in.readUnsignedByte()];
    in.readFully(key);
    return new ListedKey(key, in.readLong(), in.readInt());
  }
}
