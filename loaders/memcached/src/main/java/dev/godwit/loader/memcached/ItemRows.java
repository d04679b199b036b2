package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.value.Keys;
import dev.godwit.extractor.memcached.value.Records;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/** The rows of a batch as items. */
final class ItemRows {
  /** For a key that never expires. */
  static final long NEVER = -1;

  private static final byte[] STRING = "string".getBytes(StandardCharsets.US_ASCII);

  private final RecordBatch batch;
  private final Object dataset;
  private final VarBinaryVector keys;
  private final VarCharVector types;
  private final TimeStampMilliTZVector expiries;
  private final VarBinaryVector values;
  private final FieldVector flags;

  /**
   * Looks at a batch.
   *
   * @param dataset what it is called, for people
   */
  ItemRows(RecordBatch batch, Object dataset) {
    this.batch = batch;
    this.dataset = dataset;
    this.keys = (VarBinaryVector) batch.rows().getVector(KeyValues.KEY);
    this.types = (VarCharVector) batch.rows().getVector(KeyValues.TYPE);
    this.expiries = (TimeStampMilliTZVector) batch.rows().getVector(KeyValues.EXPIRES);
    this.values = (VarBinaryVector) batch.rows().getVector(KeyValues.VALUE);
    this.flags = batch.rows().getVector(Records.FLAGS_NAME);
  }

  int count() {
    return batch.rowCount();
  }

  /**
   * The key of a row.
   *
   * @throws GodwitException {@code LOSSY} where its value is no string, or it has none
   */
  byte[] key(int row) {
    if (keys.isNull(row)) {
      throw lossy("a record of " + dataset + " has no key");
    }
    byte[] key = keys.get(row);
    boolean large = batch.largeAt(row, KeyValues.VALUE) != null;
    if (!isString(row) || (values.isNull(row) && !large)) {
      throw lossy(
          "key "
              + Keys.shown(key)
              + " of "
              + dataset
              + " is a "
              + (types.isNull(row) ? "value without a type" : types.getObject(row))
              + ", and a cache holds strings only");
    }
    return key;
  }

  private static GodwitException lossy(String what) {
    return new GodwitException(
        ExitCode.LOSSY, what, "leave such keys out, with --where, or load them into another store");
  }

  private boolean isString(int row) {
    if (types.isNull(row) || types.getValueLength(row) != STRING.length) {
      return false;
    }
    for (int i = 0; i < STRING.length; i++) {
      if (types.getDataBuffer().getByte(types.getStartOffset(row) + (long) i) != STRING[i]) {
        return false;
      }
    }
    return true;
  }

  /** When a row's key expires, seconds since 1970, the last whole one; or {@link #NEVER}. */
  long expires(int row) {
    return expiries.isNull(row) ? NEVER : Math.floorDiv(expiries.get(row), 1000L);
  }

  /** The client's 32 bits; 0 where the records tell of none. */
  long flags(int row) {
    return flags instanceof BigIntVector numbers && !numbers.isNull(row) ? numbers.get(row) : 0;
  }

  /** Bytes of a row's value. */
  long length(int row) {
    LargeReference large = large(row);
    return large == null ? values.getValueLength(row) : large.length();
  }

  /** What stands for a value that travelled ahead; null where it is in its row. */
  LargeReference large(int row) {
    return batch.largeAt(row, KeyValues.VALUE);
  }

  /** Copies a part of a value that is in its row. */
  void copy(int row, int from, byte[] into, int offset, int count) {
    values.getDataBuffer().getBytes(values.getStartOffset(row) + (long) from, into, offset, count);
  }
}
