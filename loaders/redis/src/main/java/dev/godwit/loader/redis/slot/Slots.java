package dev.godwit.loader.redis.slot;

import dev.godwit.spi.record.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The slots of a cluster: CRC-16 of a key, or of what it holds between the first brace and the next
 * closing one.
 *
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Cluster
 *     specification, key distribution</a>
 */
public final class Slots {
  /** How many there are. */
  public static final int COUNT = 1 << 14;

  private static final int POLYNOMIAL = 0x1021;
  private static final String TEMPORARY = "_godwit:loading:";
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      int value = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 0x8000) != 0 ? (value << 1) ^ POLYNOMIAL : value << 1;
      }
      TABLE[i] = value & 0xffff;
    }
  }

  private Slots() {}

  /** The slot of a key that lies among other bytes. */
  public static int of(byte[] bytes, int offset, int length) {
    int from = offset;
    int to = offset + length;
    int open = indexOf(bytes, '{', from, to);
    int close = open < 0 ? -1 : indexOf(bytes, '}', open + 1, to);
    if (close > open + 1) {
      from = open + 1;
      to = close;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      value = ((value << 8) ^ TABLE[((value >> 8) ^ bytes[i]) & 0xff]) & 0xffff;
    }
    return value & (COUNT - 1);
  }

  private static int indexOf(byte[] bytes, char sought, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == sought) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The name under which a key is written before it is whole: always the same, so that a load that
   * is gone on with meets what it left, and in the key's own slot.
   */
  public static byte[] temporary(byte[] key) {
    String hash = HexFormat.of().formatHex(Sha256.begin().digest(key), 0, 16);
    int slot = of(key, 0, key.length);
    for (int i = 0; ; i++) {
      byte[] name = (TEMPORARY + hash + ':' + i).getBytes(StandardCharsets.US_ASCII);
      if (of(name, 0, name.length) == slot) {
        return name;
      }
    }
  }
}
