package dev.godwit.extractor.postgresql.copy;

import dev.godwit.spi.record.Misfit;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/**
 * Columns whose values all have as many bytes. What lies in the buffer behind the values may be
 * left from a batch before.
 */
abstract class FixedDecoder extends ColumnDecoder {
  /** At most so many values are appended between {@link #begin} and {@link #end}. */
  static final int MOST_AT_ONCE = 64;

  /** Arrow's buffers end at a multiple of so many bytes; what is between is written too. */
  private static final int PADDING = 64;

  private final Object form;
  private final int wireBytes;
  private final int width;
  private final Growable values;

  /** Where the next value goes, and which of those appended at once are nulls. */
  private long place;

  private final int[] nullRows = new int[MOST_AT_ONCE];
  private int nullCount;

  /**
   * A decoder.
   *
   * @param form what messages call the type
   * @param wireBytes bytes of a value as the server sends it; -1 where they differ
   * @param width bytes of a value in Arrow
   */
  FixedDecoder(Object form, int wireBytes, int width, BufferAllocator allocator) {
    super(allocator);
    this.form = form;
    this.wireBytes = wireBytes;
    this.width = width;
    this.values = new Growable(allocator);
  }

  /** Writes the Arrow value of the bytes at one address to another; see {@link #append}. */
  abstract Misfit.Kind convert(long from, int length, long to);

  @Override
  final Misfit.Kind append(long address, int length) {
    if (length != wireBytes && wireBytes >= 0) {
      throw Malformed.length(form, length);
    }
    long at = (long) count() * width;
    values.ensure(at + width);
    Misfit.Kind misfit = convert(address, length, values.address() + at);
    if (misfit == null) {
      appended();
    }
    return misfit;
  }

  @Override
  final void appendNull() {
    long at = (long) count() * width;
    values.ensure(at + width);
    zero(values.address() + at);
    super.appendNull();
  }

  private void zero(long at) {
    for (int i = 0; i < width; i += 2) {
      MemoryUtil.putShort(at + i, (short) 0);
    }
  }

  /** Makes room for values to be put in their places, and to be counted by {@link #end}. */
  final void begin(int most) {
    long at = (long) count() * width;
    values.ensure(at + (long) most * width);
    place = values.address() + at;
    nullCount = 0;
  }

  /** Where a value goes: the first since {@link #begin} is number 0. */
  final long place(int number) {
    return place + (long) number * width;
  }

  /** Puts a null in its place. */
  final void setNull(int number) {
    zero(place(number));
    nullRows[nullCount] = number;
    nullCount++;
  }

  /** Forgets what was put in the place last begun. */
  final void takeBack(int number) {
    if (nullCount > 0 && nullRows[nullCount - 1] == number) {
      nullCount--;
    }
  }

  /** Appends the first so many that were put in their places. */
  final void end(int number) {
    appended(number, nullRows, nullCount);
  }

  @Override
  final long bytes() {
    return super.bytes() + (long) count() * width;
  }

  @Override
  final void collect(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    super.collect(nodes, buffers);
    long used = (long) count() * width;
    values.ensure(used + PADDING);
    values.zero(used, used + PADDING);
    buffers.add(values.holding(used));
  }

  @Override
  public final void close() {
    super.close();
    values.close();
  }
}
