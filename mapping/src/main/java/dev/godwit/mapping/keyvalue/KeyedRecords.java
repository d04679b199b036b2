package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Makes the keys and values of the records of one partition. Used by one thread. */
interface KeyedRecords {
  /** Begins with a batch, whose large values lie in the spool. */
  void over(RecordBatch batch, LargeSpool spool);

  /**
   * Writes the key of a record.
   *
   * @throws dev.godwit.spi.error.GodwitException if it can have none
   */
  void key(int row, GrowingBytes out);

  /** What a record has beside its key and its value; asked once its key is written. */
  KeyHead head(int row);

  /** The value of a record that holds a large value; empty where it holds none. */
  Optional<InputStream> large(int row) throws IOException;

  /** Writes the value of a record that holds no large value. */
  void value(int row, GrowingBytes out);

  /** Ends the batch: the records of the next have other places in the partition. */
  void end();
}
