package dev.godwit.cli.records;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;

/** Writes records as text. Closing it writes what is left, and leaves the stream open. */
public interface RecordFormat extends AutoCloseable {
  /**
   * Writes one record of a batch.
   *
   * @param large opens the large values that the batch refers to
   */
  void record(RecordBatch batch, int row, LargeValues large) throws IOException;

  @Override
  void close() throws IOException;

  /** Opens large values. */
  @FunctionalInterface
  interface LargeValues {
    /** The bytes of the value, from the beginning; the caller closes them. */
    InputStream open(LargeReference reference) throws IOException;
  }
}
