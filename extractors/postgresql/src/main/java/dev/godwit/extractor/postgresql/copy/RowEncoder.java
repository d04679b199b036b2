package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Turns batches that {@link BatchDecoder} made, of this or another server, into the data of one
 * {@code copy ... from stdin} into columns of this server. Misfits go back in PostgreSQL's own
 * notation.
 *
 * <p>Where a column of the target is not of the type that the batches' field came from, values are
 * written only if none can change: into wider numbers, into text, out of text. Otherwise the batch
 * is refused, by the column's name.
 */
public final class RowEncoder {
  /** How the rows are written. */
  public enum Format {
    /** {@code format binary}. */
    BINARY,
    /** {@code format text}, with its default delimiter, null and escapes. */
    TEXT
  }

  private final List<PgColumn> columns;
  private final Form[] forms;
  private final FieldWriter writer;
  private final BufferedSink sink;

  private Schema schema;
  private ColumnEncoder[] encoders;

  /**
   * An encoder for one copy.
   *
   * @param columns of the target, in the order of the batches' columns
   * @param types of the target
   * @throws IllegalArgumentException if the format is binary and a column is not {@linkplain
   *     TypeMap#writableAsBinary writable} so
   */
  public RowEncoder(List<PgColumn> columns, TypeCatalogue types, Format format, CopySink sink) {
    TypeMap map = new TypeMap(types);
    this.columns = List.copyOf(columns);
    this.forms = columns.stream().map(map::form).toArray(Form[]::new);
    this.sink = new BufferedSink(sink);
    if (format == Format.TEXT) {
      this.writer = new TextFieldWriter(this.sink, types.version());
    } else {
      for (PgColumn column : columns) {
        if (!map.writableAsBinary(column)) {
          throw new IllegalArgumentException(column.name() + " is not written in binary");
        }
      }
      this.writer = new BinaryFieldWriter(this.sink);
    }
  }

  /**
   * Writes the rows of a batch; its large values are taken from the spool.
   *
   * @throws GodwitException if a value does not fit its column
   */
  public void write(RecordBatch batch, LargeSpool spool) throws IOException {
    bind(batch);
    Placed<Misfit> misfits = new Placed<>(batch.misfits(), Misfit::row, Misfit::column);
    Placed<LargeReference> large =
        new Placed<>(batch.large(), LargeReference::row, LargeReference::column);
    int rows = batch.rowCount();
    for (int row = 0; row < rows; row++) {
      writer.beginRow(encoders.length);
      boolean plain = misfits.row() != row && large.row() != row;
      for (int column = 0; column < encoders.length; column++) {
        try {
          if (plain) {
            writer.field(column, encoders[column], row);
          } else if (misfits.at(row, column)) {
            writer.misfit(column, misfits.take());
          } else if (large.at(row, column)) {
            LargeReference reference = large.take();
            try (InputStream bytes = spool.open(reference)) {
              writer.large(column, bytes, reference.length());
            }
          } else {
            writer.field(column, encoders[column], row);
          }
        } catch (Malformed e) {
          throw refused(column, e);
        }
      }
      writer.endRow();
    }
  }

  /** Writes the trailer, where the format has one, and all that is buffered. */
  public void finish() throws IOException {
    writer.finish();
    sink.flush();
  }

  private void bind(RecordBatch batch) {
    Schema given = batch.rows().getSchema();
    if (!given.equals(schema)) {
      List<Field> fields = given.getFields();
      if (fields.size() != forms.length) {
        throw new GodwitException(
            ExitCode.FAILED,
            "records of " + fields.size() + " columns for a table of " + forms.length);
      }
      encoders = new ColumnEncoder[forms.length];
      for (int i = 0; i < forms.length; i++) {
        try {
          encoders[i] = writer.encoder(fields.get(i), forms[i]);
          Rounding.refuse(fields.get(i), forms[i], columns.get(i));
        } catch (Malformed e) {
          throw refused(i, e);
        }
      }
      writer.turnTo(fields, forms);
      schema = given;
    }
    for (int i = 0; i < encoders.length; i++) {
      encoders[i].bind(batch.rows().getVector(i));
    }
  }

  private GodwitException refused(int column, Malformed e) {
    PgColumn to = columns.get(column);
    return new GodwitException(
        ExitCode.FAILED,
        "column '" + to.name() + "' (" + to.nativeType() + ") cannot be written: " + e.getMessage(),
        "give the column the type that it had in the source",
        e);
  }
}
