package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Misfit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * {@code format text}: fields apart by tabs, rows by newlines, {@code \N} for null (PostgreSQL
 * manual, "COPY", "Text Format").
 */
final class TextFieldWriter implements FieldWriter {
  private final BufferedSink sink;

  /** Older servers would take the backslash of a "char" beyond ASCII for the character. */
  private final boolean escapesChar;

  private final ByteOut out;
  private final ByteOut binary = new ByteOut(256);
  private final ByteOut text = new ByteOut(256);
  private List<Field> fields;

  /** The forms that values are encoded in before they become text; null where they are text. */
  private Form[] encoded;

  private Form[] forms;

  /**
   * A writer.
   *
   * @param version the target's
   */
  TextFieldWriter(BufferedSink sink, int version) {
    this.sink = sink;
    this.escapesChar = version >= 15;
    this.out = sink.out();
  }

  @Override
  public ColumnEncoder encoder(Field field, Form form) {
    return isWrittenAsItIs(field, form)
        ? new VariableEncoders.Bytes()
        : Encoders.of(field, between(field, form));
  }

  /** Text is what the server reads, whatever the type; but it would round a decimal. */
  private static boolean isWrittenAsItIs(Field field, Form form) {
    return Encoders.isText(field) && !(form instanceof Form.Decimal);
  }

  private static Form between(Field field, Form form) {
    Form natural = Encoders.natural(field);
    return form == Form.Scalar.CAST && natural != null ? natural : form;
  }

  @Override
  public void turnTo(List<Field> newFields, Form[] newForms) {
    fields = newFields;
    forms = newForms;
    encoded = new Form[newForms.length];
    for (int i = 0; i < encoded.length; i++) {
      Field field = newFields.get(i);
      encoded[i] = isWrittenAsItIs(field, newForms[i]) ? null : between(field, newForms[i]);
    }
  }

  @Override
  public void beginRow(int count) {}

  private void beginField(int column) {
    if (column > 0) {
      out.int1('\t');
    }
  }

  @Override
  public void field(int column, ColumnEncoder encoder, int row) throws IOException {
    beginField(column);
    if (encoder.isNull(row)) {
      out.int1('\\');
      out.int1('N');
    } else if (encoded[column] == null) {
      VariableEncoders.Bytes bytes = (VariableEncoders.Bytes) encoder;
      CopyText.escape(bytes.address(row), bytes.length(row), out);
    } else {
      binary.clear();
      encoder.value(row, binary);
      text.clear();
      ByteBuffer value = ByteBuffer.wrap(binary.bytes(), 4, binary.length() - 4);
      ValueText.write(encoded[column], value.slice(), text);
      CopyText.escape(text.bytes(), text.length(), out);
    }
    sink.mayFlush();
  }

  @Override
  public void misfit(int column, Misfit misfit) throws IOException {
    if (!escapesChar && misfit.kind() == Misfit.Kind.BAD_TEXT && holdsChar(forms[column])) {
      throw new Malformed("a server before version 15 reads no character beyond ASCII as text");
    }
    beginField(column);
    CopyText.escape(misfit.bytes(), misfit.bytes().length, out);
    sink.mayFlush();
  }

  private static boolean holdsChar(Form form) {
    if (form instanceof Form.Items items) {
      return holdsChar(items.element());
    } else if (form instanceof Form.Row row) {
      return row.parts().stream().anyMatch(part -> holdsChar(part.form()));
    }
    return form == Form.Scalar.CHAR;
  }

  @Override
  public void large(int column, InputStream bytes, long length) throws IOException {
    beginField(column);
    Field field = fields.get(column);
    if (Encoders.isText(field)) {
      new LargeParts(bytes, length).text(Form.Scalar.TEXT, sink);
    } else if (encoded[column] == Form.Scalar.BYTEA) {
      new LargeParts(bytes, length).text(Form.Scalar.BYTEA, sink);
    } else {
      LargeParts.check(field, forms[column]);
      new LargeParts(bytes, length).text(forms[column], sink);
    }
  }

  @Override
  public void endRow() throws IOException {
    out.int1('\n');
    sink.mayFlush();
  }

  @Override
  public void finish() {}
}
