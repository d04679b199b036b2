package dev.godwit.extractor.postgresql.copy;

import dev.godwit.spi.record.Misfit;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Columns of bytes or text: each value's bytes one after another, and where each ends. */
abstract class BytesDecoder extends ColumnDecoder {
  /** A buffer that one wide batch made larger than this is given back after it. */
  private static final long KEPT = 8L << 20;

  private final Growable ends;
  private final Growable data;
  private int used;

  BytesDecoder(BufferAllocator allocator) {
    super(allocator);
    this.ends = new Growable(allocator);
    this.data = new Growable(allocator);
    ends.ensure(4);
  }

  /** Appends bytes as they are. */
  final void put(long address, int length) {
    int end = Math.addExact(used, length);
    data.ensure(end);
    copy(address, data.address() + used, length);
    end(end);
  }

  /** Appends bytes as they are. */
  final void put(byte[] bytes, int length) {
    int end = Math.addExact(used, length);
    data.ensure(end);
    MemoryUtil.copyToMemory(bytes, 0, data.address() + used, length);
    end(end);
  }

  private void end(int end) {
    used = end;
    setEnd();
    appended();
  }

  private void setEnd() {
    long at = (count() + 1L) * 4;
    ends.ensure(at + 4);
    MemoryUtil.putInt(ends.address() + at, used);
  }

  /** A call into the JVM's copy costs more than a few words moved here. */
  private static void copy(long from, long to, int length) {
    if (length > 64) {
      MemoryUtil.copyMemory(from, to, length);
      return;
    }
    int at = 0;
    for (; at <= length - 8; at += 8) {
      MemoryUtil.putLong(to + at, MemoryUtil.getLong(from + at));
    }
    for (; at < length; at++) {
      MemoryUtil.putByte(to + at, MemoryUtil.getByte(from + at));
    }
  }

  @Override
  final void appendNull() {
    setEnd();
    super.appendNull();
  }

  @Override
  final void truncate(int kept) {
    int end = MemoryUtil.getInt(ends.address() + kept * 4L);
    data.zero(end, used);
    ends.zero((kept + 1L) * 4, (count() + 1L) * 4);
    used = end;
    super.truncate(kept);
  }

  @Override
  final void reset() {
    if (data.capacity() > KEPT) {
      data.close();
    } else {
      data.zero(0, used);
    }
    ends.zero(0, (count() + 1L) * 4);
    used = 0;
    super.reset();
  }

  @Override
  final long bytes() {
    return super.bytes() + (count() + 1L) * 4 + used;
  }

  @Override
  final void collect(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    super.collect(nodes, buffers);
    buffers.add(ends.holding((count() + 1L) * 4));
    buffers.add(data.holding(used));
  }

  @Override
  public final void close() {
    super.close();
    ends.close();
    data.close();
  }

  /** bytea. */
  static final class Raw extends BytesDecoder {
    Raw(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    Misfit.Kind append(long address, int length) {
      put(address, length);
      return null;
    }
  }

  /** Text in UTF-8. A database that knows no encoding may hold something else. */
  static final class Text extends BytesDecoder {
    Text(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    Misfit.Kind append(long address, int length) {
      if (!Utf8.valid(address, length)) {
        return Misfit.Kind.BAD_TEXT;
      }
      put(address, length);
      return null;
    }
  }

  /** jsonb: a version byte, then text. */
  static final class Jsonb extends BytesDecoder {
    Jsonb(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    Misfit.Kind append(long address, int length) {
      if (length < 1 || MemoryUtil.getByte(address) != 1) {
        throw new Malformed("a jsonb value is not of version 1");
      }
      if (!Utf8.valid(address + 1, length - 1)) {
        return Misfit.Kind.BAD_TEXT;
      }
      put(address + 1, length - 1);
      return null;
    }
  }

  /** "char": one byte; zero stands for the empty text, and beyond ASCII it is no text at all. */
  static final class Char extends BytesDecoder {
    Char(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    Misfit.Kind append(long address, int length) {
      if (length != 1) {
        throw Malformed.length("\"char\"", length);
      }
      byte value = MemoryUtil.getByte(address);
      if (value < 0) {
        return Misfit.Kind.BAD_TEXT;
      }
      put(address, value == 0 ? 0 : 1);
      return null;
    }
  }

  /** numeric without a scale that Arrow has, as text with its own scale. */
  static final class NumericText extends BytesDecoder {
    private final Numeric numeric = new Numeric();
    private byte[] text = new byte[64];

    NumericText(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    Misfit.Kind append(long address, int length) {
      numeric.read(address, length);
      Misfit.Kind special = numeric.special();
      if (special != null) {
        return special;
      }
      if (text.length < numeric.textLength()) {
        text = new byte[numeric.textLength() * 2];
      }
      put(text, numeric.text(text));
      return null;
    }
  }
}
