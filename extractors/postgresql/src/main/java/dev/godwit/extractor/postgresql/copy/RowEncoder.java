package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.util.List;

/**
 * Turns batches that {@link BatchDecoder} made, of this or another server, into the data of one
 * {@code copy ... from stdin} into columns of this server. Misfits go back in PostgreSQL's own
 * notation.
 */
public final class RowEncoder {
  /** How the rows are written. */
  public enum Format {
    /** {@code format binary}. */
    BINARY,
    /** {@code format text}, with its default delimiter, null and escapes. */
    TEXT
  }

  /**
   * An encoder for one copy.
   *
   * @param columns of the target, in the order of the batches' columns
   * @param types of the target
   */
  public RowEncoder(List<PgColumn> columns, TypeCatalogue types, Format format, CopySink sink) {
    throw new UnsupportedOperationException("" + columns + format + sink);
  }

  /** Writes the rows of a batch; its large values are taken from the spool. */
  public void write(RecordBatch batch, LargeSpool spool) throws IOException {
    throw new UnsupportedOperationException("" + batch);
  }

  /** Writes the trailer, where the format has one, and all that is buffered. */
  public void finish() throws IOException {
    throw new UnsupportedOperationException();
  }
}
