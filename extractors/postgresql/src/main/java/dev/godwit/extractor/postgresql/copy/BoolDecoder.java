package dev.godwit.extractor.postgresql.copy;

import dev.godwit.spi.record.Misfit;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** bool: a byte on the wire, a bit in Arrow. */
final class BoolDecoder extends ColumnDecoder {
  private final Growable bits;

  BoolDecoder(BufferAllocator allocator) {
    super(allocator);
    this.bits = new Growable(allocator);
  }

  @Override
  Misfit.Kind append(long address, int length) {
    if (length != 1) {
      throw Malformed.length("bool", length);
    }
    if (MemoryUtil.getByte(address) != 0) {
      bits.ensure((count() >> 3) + 1L);
      long at = bits.address() + (count() >> 3);
      MemoryUtil.putByte(at, (byte) (MemoryUtil.getByte(at) | (1 << (count() & 7))));
    }
    appended();
    return null;
  }

  @Override
  void truncate(int kept) {
    bits.ensure((count() + 7L) >> 3);
    for (int i = kept; i < count(); i++) {
      long at = bits.address() + (i >> 3);
      MemoryUtil.putByte(at, (byte) (MemoryUtil.getByte(at) & ~(1 << (i & 7))));
    }
    super.truncate(kept);
  }

  @Override
  void reset() {
    bits.zero(0, (count() + 7L) >> 3);
    super.reset();
  }

  @Override
  long bytes() {
    return super.bytes() * 2;
  }

  @Override
  void collect(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    super.collect(nodes, buffers);
    buffers.add(bits.holding((count() + 7L) >> 3));
  }

  @Override
  public void close() {
    super.close();
    bits.close();
  }
}
