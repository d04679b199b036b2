package dev.godwit.extractor.postgresql.copy;

import dev.godwit.spi.record.Misfit;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Columns whose values all have as many bytes. */
abstract class FixedDecoder extends ColumnDecoder {
  private final Object form;
  private final int wireBytes;
  private final int width;
  private final Growable values;

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
  final void truncate(int kept) {
    values.zero((long) kept * width, (long) count() * width);
    super.truncate(kept);
  }

  @Override
  final void reset() {
    values.zero(0, (long) count() * width);
    super.reset();
  }

  @Override
  final long bytes() {
    return super.bytes() + (long) count() * width;
  }

  @Override
  final void collect(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    super.collect(nodes, buffers);
    buffers.add(values.holding((long) count() * width));
  }

  @Override
  public final void close() {
    super.close();
    values.close();
  }
}
