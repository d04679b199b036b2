package dev.godwit.vault.file;

import dev.godwit.vault.block.VolumeId;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A set of ids, each by its first 128 bits: random bits, or those of a hash, so that two never
 * meet. About 32 bytes each, where a set of objects takes four times as much. Used by one thread
 * while it is filled.
 */
public final class IdSet {
  private long[] slots = new long[128];
  private int size;
  private boolean zero;

  /** Adds an id; whether it is new. */
  public boolean add(VolumeId id) {
    return add(id.high(), id.low());
  }

  /** Adds the id of a list, 64 hexadecimal digits; whether it is new. */
  public boolean addList(String id) {
    ByteBuffer bits = bits(id);
    return add(bits.getLong(), bits.getLong());
  }

  /** Whether it holds an id. */
  public boolean contains(VolumeId id) {
    return contains(id.high(), id.low());
  }

  /** Whether it holds the id of a list. */
  public boolean containsList(String id) {
    ByteBuffer bits = bits(id);
    return contains(bits.getLong(), bits.getLong());
  }

  /** How many it holds. */
  public int size() {
    return size;
  }

  private static ByteBuffer bits(String id) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(id, 0, 32));
  }

  private boolean contains(long high, long low) {
    return (high | low) == 0
        ? zero
        : slots[slot(high, low)] != 0 || slots[slot(high, low) + 1] != 0;
  }

  private boolean add(long high, long low) {
    if ((high | low) == 0) {
      boolean added = !zero;
      zero = true;
      size += added ? 1 : 0;
      return added;
    }
    int slot = slot(high, low);
    if (slots[slot] == high && slots[slot + 1] == low) {
      return false;
    }
    slots[slot] = high;
    slots[slot + 1] = low;
    if (++size > slots.length / 4) {
      grow();
    }
    return true;
  }

  /** Where the id stands, or the free place where it would. */
  private int slot(long high, long low) {
    int slot = (int) (high ^ low) * 2 & (slots.length - 1);
    while ((slots[slot] != high || slots[slot + 1] != low)
        && (slots[slot] | slots[slot + 1]) != 0) {
      slot = (slot + 2) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    for (int i = 0; i < old.length; i += 2) {
      if ((old[i] | old[i + 1]) != 0) {
        int slot = slot(old[i], old[i + 1]);
        slots[slot] = old[i];
        slots[slot + 1] = old[i + 1];
      }
    }
  }
}
