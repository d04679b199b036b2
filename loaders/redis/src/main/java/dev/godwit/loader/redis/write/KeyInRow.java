package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.value.ValueType;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A key as a row of the batch that is being written has it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyInRow(int row, byte[] key, Columns columns, LargeSpool spool) implements HeldKeys.Wanted {
  @Override
  public ValueType type() {
    return columns.type(row);
  }

  @Override
  public long expires() {
    return columns.expires(row);
  }

  @Override
  public InputStream form() {
    LargeReference reference = columns.large(row, type());
    if (reference != null) {
      return spool.open(reference);
    }
    SmallKeys.Row small = columns.row(row, type());
    return new ByteArrayInputStream(small.values(), small.at(), small.length());
  }
}
