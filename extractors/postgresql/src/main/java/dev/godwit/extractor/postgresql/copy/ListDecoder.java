package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Misfit;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/**
 * Arrays, as array_send writes them: dimensions, a flag for nulls, the element's type, size and
 * lower bound of each dimension, then the elements, each after its length. Only arrays of one
 * dimension that begins at 1, and empty ones, are lists.
 */
final class ListDecoder extends ColumnDecoder {
  private static final int MOST_DIMENSIONS = 6;

  private final int elementOid;
  private final ColumnDecoder elements;
  private final Growable ends;

  ListDecoder(Form.Items form, ColumnDecoder elements, BufferAllocator allocator) {
    super(allocator);
    this.elementOid = form.elementOid();
    this.elements = elements;
    this.ends = new Growable(allocator);
    ends.ensure(4);
  }

  @Override
  Misfit.Kind append(long address, int length) {
    if (length < 12) {
      throw Malformed.length("array", length);
    }
    int dimensions = int4(address);
    if (dimensions < 0 || dimensions > MOST_DIMENSIONS || length < 12 + 8 * dimensions) {
      throw new Malformed("an array of " + length + " bytes has " + dimensions + " dimensions");
    }
    if (int4(address + 8) != elementOid) {
      throw new Malformed("an array has elements of another type than the catalogue says");
    }
    if (dimensions > 1 || (dimensions == 1 && int4(address + 16) != 1)) {
      return Misfit.Kind.SHAPE;
    }
    int size = dimensions == 0 ? 0 : int4(address + 12);
    int before = elements.count();
    Misfit.Kind misfit = elements(address + 12 + 8L * dimensions, address + length, size);
    if (misfit != null) {
      elements.truncate(before);
      return misfit;
    }
    setEnd();
    appended();
    return null;
  }

  private Misfit.Kind elements(long from, long end, int size) {
    long at = from;
    for (int i = 0; i < size; i++) {
      if (end - at < 4) {
        throw new Malformed("an array ends within an element");
      }
      int length = int4(at);
      at += 4;
      if (length == -1) {
        elements.appendNull();
        continue;
      }
      if (length < 0 || length > end - at) {
        throw new Malformed("an array ends within an element");
      }
      Misfit.Kind misfit = elements.append(at, length);
      if (misfit != null) {
        return misfit;
      }
      at += length;
    }
    if (at != end) {
      throw new Malformed("an array has bytes after its last element");
    }
    return null;
  }

  private static int int4(long address) {
    return Integer.reverseBytes(MemoryUtil.getInt(address));
  }

  private void setEnd() {
    long at = (count() + 1L) * 4;
    ends.ensure(at + 4);
    MemoryUtil.putInt(ends.address() + at, elements.count());
  }

  @Override
  void appendNull() {
    setEnd();
    super.appendNull();
  }

  @Override
  void truncate(int kept) {
    elements.truncate(MemoryUtil.getInt(ends.address() + kept * 4L));
    ends.zero((kept + 1L) * 4, (count() + 1L) * 4);
    super.truncate(kept);
  }

  @Override
  void reset() {
    elements.reset();
    ends.zero(0, (count() + 1L) * 4);
    super.reset();
  }

  @Override
  long bytes() {
    return super.bytes() + (count() + 1L) * 4 + elements.bytes();
  }

  @Override
  void collect(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    super.collect(nodes, buffers);
    buffers.add(ends.holding((count() + 1L) * 4));
    elements.collect(nodes, buffers);
  }

  @Override
  public void close() {
    super.close();
    ends.close();
    elements.close();
  }
}
