package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Misfit;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Composites, as record_send writes them: a count, then type, length and bytes of each field. */
final class StructDecoder extends ColumnDecoder {
  private final List<Form.Part> parts;
  private final ColumnDecoder[] children;

  StructDecoder(Form.Row form, List<ColumnDecoder> children, BufferAllocator allocator) {
    super(allocator);
    this.parts = form.parts();
    this.children = children.toArray(ColumnDecoder[]::new);
  }

  @Override
  Misfit.Kind append(long address, int length) {
    if (length < 4 || int4(address) != children.length) {
      throw new Malformed("a composite has other fields than the catalogue says");
    }
    int before = count();
    long at = address + 4;
    long end = address + length;
    for (int i = 0; i < children.length; i++) {
      if (end - at < 8 || int4(at) != parts.get(i).oid()) {
        throw new Malformed("a composite has other fields than the catalogue says");
      }
      int bytes = int4(at + 4);
      at += 8;
      if (bytes == -1) {
        children[i].appendNull();
        continue;
      }
      if (bytes < 0 || bytes > end - at) {
        throw new Malformed("a composite ends within a field");
      }
      Misfit.Kind misfit = children[i].append(at, bytes);
      if (misfit != null) {
        for (int done = 0; done < i; done++) {
          children[done].truncate(before);
        }
        return misfit;
      }
      at += bytes;
    }
    if (at != end) {
      throw new Malformed("a composite has bytes after its last field");
    }
    appended();
    return null;
  }

  private static int int4(long address) {
    return Integer.reverseBytes(MemoryUtil.getInt(address));
  }

  @Override
  void appendNull() {
    for (ColumnDecoder child : children) {
      child.appendNull();
    }
    super.appendNull();
  }

  @Override
  void truncate(int kept) {
    for (ColumnDecoder child : children) {
      child.truncate(kept);
    }
    super.truncate(kept);
  }

  @Override
  void reset() {
    for (ColumnDecoder child : children) {
      child.reset();
    }
    super.reset();
  }

  @Override
  long bytes() {
    long bytes = super.bytes();
    for (ColumnDecoder child : children) {
      bytes += child.bytes();
    }
    return bytes;
  }

  @Override
  void collect(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    super.collect(nodes, buffers);
    for (ColumnDecoder child : children) {
      child.collect(nodes, buffers);
    }
  }

  @Override
  public void close() {
    super.close();
    for (ColumnDecoder child : children) {
      child.close();
    }
  }
}
