package dev.godwit.extractor.postgresql.copy;

import dev.godwit.spi.record.Misfit;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/**
 * Appends values of one type, in their binary send form, to the buffers of one Arrow column. Values
 * are read and written by address: this is the inner path of a backup.
 */
abstract class ColumnDecoder implements AutoCloseable {
  private final Growable validity;
  private int count;
  private int nulls;

  ColumnDecoder(BufferAllocator allocator) {
    this.validity = new Growable(allocator);
  }

  /** How many values there are, nulls among them. */
  final int count() {
    return count;
  }

  /**
   * Appends a value.
   *
   * @param address where its bytes lie; big-endian
   * @return null once it is appended; else why the column cannot hold it, and nothing is appended
   * @throws Malformed if the bytes are not those of the type
   */
  abstract Misfit.Kind append(long address, int length);

  /** Appends a null. */
  void appendNull() {
    validity.ensure((count >> 3) + 1L);
    count++;
    nulls++;
  }

  /** To be called once the bytes of a value are in place. */
  final void appended() {
    long at = count >> 3;
    validity.ensure(at + 1);
    at += validity.address();
    MemoryUtil.putByte(at, (byte) (MemoryUtil.getByte(at) | (1 << (count & 7))));
    count++;
  }

  /**
   * To be called once the bytes of many values are in place.
   *
   * @param nullRows which of them, counted from the first, are nulls
   * @param nullCount how many of these there are
   */
  final void appended(int values, int[] nullRows, int nullCount) {
    int end = count + values;
    validity.ensure((end + 7L) >> 3);
    for (int at = count; at < end; ) {
      int bits = Math.min(8 - (at & 7), end - at);
      long place = validity.address() + (at >> 3);
      int set = ((1 << bits) - 1) << (at & 7);
      MemoryUtil.putByte(place, (byte) (MemoryUtil.getByte(place) | set));
      at += bits;
    }
    for (int i = 0; i < nullCount; i++) {
      int row = count + nullRows[i];
      long place = validity.address() + (row >> 3);
      MemoryUtil.putByte(place, (byte) (MemoryUtil.getByte(place) & ~(1 << (row & 7))));
    }
    nulls += nullCount;
    count = end;
  }

  /** Takes back the values from this one on. */
  void truncate(int kept) {
    while (count > kept) {
      count--;
      long at = validity.address() + (count >> 3);
      int bit = 1 << (count & 7);
      byte bits = MemoryUtil.getByte(at);
      if ((bits & bit) == 0) {
        nulls--;
      }
      MemoryUtil.putByte(at, (byte) (bits & ~bit));
    }
  }

  /** Empties the column and zeroes what was used. */
  void reset() {
    validity.zero(0, (count + 7L) >> 3);
    count = 0;
    nulls = 0;
  }

  /** How many bytes of its buffers the column uses. */
  long bytes() {
    return (count + 7L) >> 3;
  }

  /** Adds the column's node and buffers, then those of its children, as Arrow's IPC orders them. */
  void collect(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    nodes.add(new ArrowFieldNode(count, nulls));
    buffers.add(validity.holding((count + 7L) >> 3));
  }

  @Override
  public void close() {
    validity.close();
  }
}
