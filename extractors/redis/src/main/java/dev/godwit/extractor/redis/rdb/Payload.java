package dev.godwit.extractor.redis.rdb;

import java.util.Arrays;

/**
 * Builds a payload for {@code RESTORE}: a type, an encoded value, a version, a checksum. Used by
 * one thread, for one payload.
 */
public final class Payload {
  /** Bytes after the value: a version of two, a checksum of eight. */
  public static final int FOOTER = 10;

  /** The version of Redis 4.0, whose plain encodings every server since takes. */
  public static final int OLDEST = 8;

  private byte[] bytes;
  private int size;

  /** Begins a payload of a type, as {@code rdb.h} numbers it. */
  public Payload(int type) {
    this.bytes = new byte[256];
    bytes[size++] = (byte) type;
  }

  private void grow(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
    }
  }

  /** A length, or a number that is written like one. */
  public Payload length(long value) {
    grow(9);
    if (value >= 0 && value < 1 << 6) {
      bytes[size++] = (byte) value;
    } else if (value >= 0 && value < 1 << 14) {
      bytes[size++] = (byte) (0x40 | value >> 8);
      bytes[size++] = (byte) value;
    } else {
      boolean wide = value < 0 || value > 0xffffffffL;
      bytes[size++] = (byte) (wide ? 0x81 : 0x80);
      for (int shift = wide ? 56 : 24; shift >= 0; shift -= 8) {
        bytes[size++] = (byte) (value >> shift);
      }
    }
    return this;
  }

  /** A string, as it is. */
  public Payload string(byte[] value) {
    return length(value.length).raw(value);
  }

  /** Bytes, with no length. */
  public Payload raw(byte[] value) {
    grow(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** The first bytes of an array, with no length. */
  public Payload raw(byte[] value, int count) {
    grow(count);
    System.arraycopy(value, 0, bytes, size, count);
    size += count;
    return this;
  }

  /** Eight bytes, least significant first. */
  public Payload littleEndian(long value) {
    grow(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >> shift);
    }
    return this;
  }

  /** Eight bytes, most significant first. */
  public Payload bigEndian(long value) {
    return littleEndian(Long.reverseBytes(value));
  }

  /** What was written so far, the type first. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** The payload, whole. */
  public byte[] close(int version) {
    grow(FOOTER);
    bytes[size++] = (byte) version;
    bytes[size++] = (byte) (version >> 8);
    return Arrays.copyOf(littleEndian(Crc64.of(bytes, size)).bytes, size);
  }
}
