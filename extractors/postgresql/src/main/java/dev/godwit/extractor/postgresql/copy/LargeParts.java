package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.FieldKind;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Writes a large value from its stream, never whole in memory. An array or composite comes in the
 * binary send form of the server that it was read from: its types' ids are replaced by those of the
 * target.
 */
final class LargeParts {
  /** No type without parts but text and bytes is longer. */
  private static final int MOST_SMALL = 1 << 20;

  private final DataInputStream bytes;
  private final long length;

  LargeParts(InputStream bytes, long length) {
    this.bytes = new DataInputStream(new BufferedInputStream(bytes, 64 << 10));
    this.length = length;
  }

  /**
   * Does nothing where large values of the field are in binary send form, and that of the target.
   *
   * @throws Malformed for any other field
   */
  static void check(Field field, Form target) {
    FieldKind kind = FieldKind.of(field);
    if ((kind != FieldKind.LIST && kind != FieldKind.STRUCT) || !Encoders.isSent(field, target)) {
      throw new Malformed("a large " + kind + " does not fit it");
    }
  }

  /** Writes the value in binary; its length is written already. */
  void pass(Form form, BufferedSink sink) throws IOException {
    pass(form, length, sink);
  }

  private void pass(Form form, long left, BufferedSink sink) throws IOException {
    ByteOut out = sink.out();
    if (form instanceof Form.Items items) {
      int dimensions = bytes.readInt();
      out.int4(dimensions);
      out.int4(bytes.readInt());
      bytes.readInt();
      out.int4(items.elementOid());
      long elements = 1;
      for (int i = 0; i < dimensions; i++) {
        int size = bytes.readInt();
        elements *= size;
        out.int4(size);
        out.int4(bytes.readInt());
      }
      if (isWhole(items.element())) {
        sink.pass(bytes, left - 12 - 8L * dimensions);
      } else if (dimensions > 0) {
        for (long i = 0; i < elements; i++) {
          part(items.element(), sink);
        }
      }
    } else if (form instanceof Form.Row row) {
      count(row, out);
      for (Form.Part part : row.parts()) {
        bytes.readInt();
        out.int4(part.oid());
        part(part.form(), sink);
      }
    } else {
      sink.pass(bytes, left);
    }
  }

  private static boolean isWhole(Form form) {
    return form instanceof Form.Scalar || form instanceof Form.Decimal;
  }

  private void count(Form.Row row, ByteOut out) throws IOException {
    if (bytes.readInt() != row.parts().size()) {
      throw new Malformed("a composite has another number of fields");
    }
    out.int4(row.parts().size());
  }

  private void part(Form form, BufferedSink sink) throws IOException {
    int partLength = bytes.readInt();
    sink.out().int4(partLength);
    sink.mayFlush();
    if (partLength >= 0) {
      pass(form, partLength, sink);
    }
  }

  /** Writes the value as text with COPY's escapes. */
  void text(Form form, BufferedSink sink) throws IOException {
    text(form, length, new Copied(sink));
  }

  private void text(Form form, long left, Quoting to) throws IOException {
    if (form instanceof Form.Items items) {
      ByteOut bounds = new ByteOut(64);
      ByteBuffer head = ByteBuffer.allocate(12 + 8 * 6);
      head.putInt(bytes.readInt());
      bytes.readInt();
      head.putInt(0);
      bytes.readInt();
      head.putInt(items.elementOid());
      for (int i = 0; i < head.getInt(0) * 2; i++) {
        head.putInt(bytes.readInt());
      }
      int[] sizes = ArrayHeader.read(head.flip(), items.elementOid(), bounds);
      to.write(bounds.bytes(), bounds.length());
      if (sizes.length == 0) {
        to.write('{');
        to.write('}');
      } else {
        dimension(items, sizes, 0, to);
      }
    } else if (form instanceof Form.Row row) {
      count(row, new ByteOut(8));
      to.write('(');
      for (int i = 0; i < row.parts().size(); i++) {
        if (i > 0) {
          to.write(',');
        }
        bytes.readInt();
        part(row.parts().get(i).form(), "", to);
      }
      to.write(')');
    } else if (form == Form.Scalar.BYTEA) {
      hex(left, to);
    } else if (form == Form.Scalar.TEXT || form == Form.Scalar.JSON) {
      passText(left, to);
    } else if (form == Form.Scalar.JSONB) {
      bytes.readByte();
      passText(left - 1, to);
    } else {
      small(form, left, to);
    }
  }

  private void dimension(Form.Items form, int[] sizes, int depth, Quoting to) throws IOException {
    to.write('{');
    for (int i = 0; i < sizes[depth]; i++) {
      if (i > 0) {
        to.write(',');
      }
      if (depth < sizes.length - 1) {
        dimension(form, sizes, depth + 1, to);
      } else {
        part(form.element(), "NULL", to);
      }
    }
    to.write('}');
  }

  /** In quotes whatever it holds: what it holds is not known before it is written. */
  private void part(Form form, String none, Quoting to) throws IOException {
    int partLength = bytes.readInt();
    if (partLength < 0) {
      for (int i = 0; i < none.length(); i++) {
        to.write(none.charAt(i));
      }
      return;
    }
    to.write('"');
    text(form, partLength, new Quoted(to));
    to.write('"');
  }

  private void small(Form form, long left, Quoting to) throws IOException {
    if (left > MOST_SMALL) {
      throw Malformed.length(form, left);
    }
    ByteOut text = new ByteOut(64);
    ValueText.write(form, ByteBuffer.wrap(bytes.readNBytes((int) left)), text);
    to.write(text.bytes(), text.length());
  }

  private void hex(long count, Quoting to) throws IOException {
    to.write('\\');
    to.write('x');
    byte[] chunk = new byte[8192];
    for (long left = count; left > 0; ) {
      int read = bytes.read(chunk, 0, (int) Math.min(chunk.length, left));
      ended(read);
      for (int i = 0; i < read; i++) {
        to.write(Character.forDigit(chunk[i] >> 4 & 15, 16));
        to.write(Character.forDigit(chunk[i] & 15, 16));
      }
      left -= read;
    }
  }

  private void passText(long count, Quoting to) throws IOException {
    byte[] chunk = new byte[8192];
    for (long left = count; left > 0; ) {
      int read = bytes.read(chunk, 0, (int) Math.min(chunk.length, left));
      ended(read);
      to.write(chunk, read);
      left -= read;
    }
  }

  private static void ended(int read) {
    if (read < 0) {
      throw new Malformed("a large value has fewer bytes than its reference says");
    }
  }

  /** Takes text, and writes it so that it is itself again once it is read. */
  private interface Quoting {
    void write(int c) throws IOException;

    default void write(byte[] text, int count) throws IOException {
      for (int i = 0; i < count; i++) {
        write(text[i]);
      }
    }
  }

  /** Outermost: the escapes of COPY. */
  private record Copied(BufferedSink sink) implements Quoting {
    @Override
    public void write(int c) throws IOException {
      CopyText.escape((byte) c, sink.out());
      sink.mayFlush();
    }
  }

  /** Within quotes of an array or composite, which both read a backslash as an escape. */
  private record Quoted(Quoting outer) implements Quoting {
    @Override
    public void write(int c) throws IOException {
      if (c == '"' || c == '\\') {
        outer.write('\\');
      }
      outer.write(c);
    }
  }
}
