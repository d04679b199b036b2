package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Misfit;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Writes rows in one of COPY's formats. */
interface FieldWriter {
  /** How a field's values are encoded for the form of its column. */
  ColumnEncoder encoder(Field field, Form form);

  /** From here on, rows have these fields, for columns of these forms. */
  void turnTo(List<Field> fields, Form[] forms);

  void beginRow(int fields) throws IOException;

  /** Writes the value that the encoder holds in a row. */
  void field(int column, ColumnEncoder encoder, int row) throws IOException;

  /** Writes a value given in the server's own text. */
  void misfit(int column, Misfit misfit) throws IOException;

  /** Writes a value given as a stream. */
  void large(int column, InputStream bytes, long length) throws IOException;

  void endRow() throws IOException;

  /** Ends the copy's data. */
  void finish() throws IOException;
}
