package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Encoders of columns whose values differ in length. */
final class VariableEncoders {
  private VariableEncoders() {}

  /** Text and bytes. */
  static class Bytes extends ColumnEncoder {
    private long ends;
    private long data;

    @Override
    final void bind(FieldVector vector) {
      super.bind(vector);
      ends = vector.getOffsetBuffer().memoryAddress();
      data = vector.getDataBuffer().memoryAddress();
    }

    /** Where the value begins. */
    final long address(int row) {
      return data + MemoryUtil.getInt(ends + 4L * row);
    }

    final int length(int row) {
      return MemoryUtil.getInt(ends + 4L * row + 4) - MemoryUtil.getInt(ends + 4L * row);
    }

    @Override
    void value(int row, ByteOut out) {
      int length = length(row);
      out.int4(length);
      out.raw(address(row), length);
    }
  }

  /** jsonb: its version goes before the text. */
  static final class Jsonb extends Bytes {
    @Override
    void value(int row, ByteOut out) {
      int length = length(row);
      out.int4(length + 1);
      out.int1(1);
      out.raw(address(row), length);
    }
  }

  /** Text into a type that is not text: it is read as the type's own notation. */
  static final class Parsed extends Bytes {
    private final Form target;

    Parsed(Form target) {
      this.target = target;
    }

    @Override
    void value(int row, ByteOut out) {
      byte[] text = new byte[length(row)];
      MemoryUtil.copyFromMemory(address(row), text, 0, text.length);
      int mark = out.beginLength();
      ValueParser.write(target, text, out);
      out.endLength(mark);
    }
  }

  /** Any value into a type that can hold its text. */
  static final class ThroughText extends ColumnEncoder {
    private final ColumnEncoder source;
    private final Form sourceForm;
    private final Form target;

    ThroughText(ColumnEncoder source, Form sourceForm, Form target) {
      this.source = source;
      this.sourceForm = sourceForm;
      this.target = target;
    }

    @Override
    void bind(FieldVector vector) {
      super.bind(vector);
      source.bind(vector);
    }

    @Override
    void value(int row, ByteOut out) {
      ByteOut binary = new ByteOut(64);
      source.value(row, binary);
      ByteOut text = new ByteOut(64);
      ValueText.write(
          sourceForm, ByteBuffer.wrap(binary.bytes(), 4, binary.length() - 4).slice(), text);
      int mark = out.beginLength();
      ValueParser.write(target, text.copy(), out);
      out.endLength(mark);
    }
  }

  /** Lists, as arrays of one dimension. */
  static final class Items extends ColumnEncoder {
    private final int elementOid;
    private final ColumnEncoder elements;
    private long ends;

    Items(int elementOid, ColumnEncoder elements) {
      this.elementOid = elementOid;
      this.elements = elements;
    }

    @Override
    void bind(FieldVector vector) {
      super.bind(vector);
      ends = vector.getOffsetBuffer().memoryAddress();
      elements.bind(((ListVector) vector).getDataVector());
    }

    @Override
    void value(int row, ByteOut out) {
      int from = MemoryUtil.getInt(ends + 4L * row);
      int to = MemoryUtil.getInt(ends + 4L * row + 4);
      int mark = out.beginLength();
      out.int4(to == from ? 0 : 1);
      out.int4(hasNull(from, to) ? 1 : 0);
      out.int4(elementOid);
      if (to > from) {
        out.int4(to - from);
        out.int4(1);
      }
      for (int i = from; i < to; i++) {
        elements.field(i, out);
      }
      out.endLength(mark);
    }

    private boolean hasNull(int from, int to) {
      for (int i = from; i < to; i++) {
        if (elements.isNull(i)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Structs, as composites. */
  static final class Row extends ColumnEncoder {
    private final Form.Row form;
    private final ColumnEncoder[] fields;

    Row(Form.Row form, ColumnEncoder[] fields) {
      this.form = form;
      this.fields = fields;
    }

    @Override
    void bind(FieldVector vector) {
      super.bind(vector);
      for (int i = 0; i < fields.length; i++) {
        fields[i].bind((FieldVector) ((StructVector) vector).getChildByOrdinal(i));
      }
    }

    @Override
    void value(int row, ByteOut out) {
      int mark = out.beginLength();
      out.int4(fields.length);
      for (int i = 0; i < fields.length; i++) {
        out.int4(form.parts().get(i).oid());
        fields[i].field(row, out);
      }
      out.endLength(mark);
    }
  }
}
