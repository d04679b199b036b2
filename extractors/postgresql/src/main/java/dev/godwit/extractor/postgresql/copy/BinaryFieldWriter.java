package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Misfit;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** {@code format binary}; see {@link BatchDecoder}. */
final class BinaryFieldWriter implements FieldWriter {
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private final BufferedSink sink;
  private final ByteOut out;
  private Form[] forms;
  private List<Field> fields;

  BinaryFieldWriter(BufferedSink sink) {
    this.sink = sink;
    this.out = sink.out();
    out.raw(HEADER, 0, HEADER.length);
  }

  @Override
  public ColumnEncoder encoder(Field field, Form form) {
    return Encoders.of(field, form);
  }

  @Override
  public void turnTo(List<Field> newFields, Form[] newForms) {
    fields = newFields;
    forms = newForms;
  }

  @Override
  public void beginRow(int count) {
    out.int2(count);
  }

  @Override
  public void field(int column, ColumnEncoder encoder, int row) throws IOException {
    encoder.field(row, out);
    sink.mayFlush();
  }

  @Override
  public void misfit(int column, Misfit misfit) throws IOException {
    int mark = out.beginLength();
    ValueParser.write(forms[column], misfit.bytes(), out);
    out.endLength(mark);
    sink.mayFlush();
  }

  @Override
  public void large(int column, InputStream bytes, long length) throws IOException {
    Form form = forms[column];
    if (form instanceof Form.Items || form instanceof Form.Row) {
      LargeParts.check(fields.get(column), form);
      out.int4(Math.toIntExact(length));
      new LargeParts(bytes, length).pass(form, sink);
      return;
    }
    // Bytes as text, and text as bytes, are in another notation than their own.
    boolean asItIs =
        Encoders.isText(fields.get(column))
            ? form == Form.Scalar.TEXT || form == Form.Scalar.JSON || form == Form.Scalar.JSONB
            : form == Form.Scalar.BYTEA;
    if (!asItIs) {
      throw new Malformed("a value of " + length + " bytes does not fit it");
    }
    out.int4(Math.toIntExact(form == Form.Scalar.JSONB ? length + 1 : length));
    if (form == Form.Scalar.JSONB) {
      out.int1(1);
    }
    sink.pass(bytes, length);
  }

  @Override
  public void endRow() {}

  @Override
  public void finish() {
    out.int2(-1);
  }
}
