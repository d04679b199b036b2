package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordItem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Turns the data of binary copies into batches. The columns of the copies are those of the shape,
 * in their order, each asked for by {@link TypeMap#selectExpression}. Its vectors are reused from
 * batch to batch.
 *
 * <p>The format is that of the PostgreSQL manual, "COPY", "Binary Format": a header, rows of a
 * field count and then length and bytes of each field, and a trailer of -1.
 *
 * <p>A value of more than {@link LargeValue#THRESHOLD} bytes leaves its row. Of a text, json, jsonb
 * or bytea it is the value as the column holds it (not checked to be UTF-8); of an array or a
 * composite it is the binary send form of the server, whole. Where the texts and bytes of a row are
 * together more than {@link LargeValue#MOST_IN_ROW} bytes, those beyond leave it too: a row of many
 * columns that each stay below the threshold would fit into no memory, neither here nor where it is
 * read.
 */
public final class BatchDecoder implements AutoCloseable {
  private static final Set<Form.Scalar> OF_ANY_LENGTH =
      EnumSet.of(
          Form.Scalar.TEXT,
          Form.Scalar.JSON,
          Form.Scalar.JSONB,
          Form.Scalar.BYTEA,
          Form.Scalar.CAST);

  private static final int TRAILER = -1;
  private static final int NULL = -1;

  private final RowShape shape;
  private final Form[] forms;
  private final ColumnDecoder[] decoders;
  private final WholeRows wholeRows;
  private final MessageReader message;
  private final BatchBuilder batch;
  private final LargeField large = new LargeField();

  private CopyData data;
  private boolean headerRead;
  private boolean trailerRead;
  private boolean ended;

  /** Whether a row is under way, and its next field; the count of columns between rows. */
  private boolean inRow;

  private int column;

  /** Where the fields of the row begin, if it is in memory whole. */
  private long rowStart;

  /** The bytes of the row's texts and bytes that are not small and stayed in it. */
  private long kept;

  /**
   * A decoder.
   *
   * @param batchBytes a batch is cut once its buffers hold this many bytes
   */
  public BatchDecoder(RowShape shape, BufferAllocator allocator, int batchBytes) {
    this.shape = shape;
    this.forms = shape.forms().toArray(Form[]::new);
    this.decoders = new ColumnDecoder[forms.length];
    for (int i = 0; i < forms.length; i++) {
      decoders[i] = i < shape.single() ? Decoders.of(forms[i], allocator) : new SentHash(allocator);
    }
    this.wholeRows = new WholeRows(shape, decoders);
    this.message = new MessageReader(allocator);
    this.batch = new BatchBuilder(shape.columns(), decoders, allocator, batchBytes);
    this.column = forms.length;
  }

  /**
   * The next item of one copy. A batch never holds rows of two copies. The item is valid until the
   * next call.
   *
   * @return null once the data is at its end; the decoder can then be given the next copy's data
   * @throws GodwitException if the data is not what the format and the columns' types say
   */
  public RecordItem next(CopyData data) throws IOException {
    try {
      batch.release();
      if (this.data != data) {
        begin(data);
      }
      if (large.isOpen()) {
        batch.refer(column, large.finish());
        column++;
      }
      return read();
    } catch (Malformed e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "the server's copy cannot be read at " + place() + ": " + e.getMessage(),
          "the data of the row may be damaged on the server; see what select shows",
          e);
    }
  }

  /** Whether the data that was last read is at its end, and the next item would be null. */
  public boolean atEnd() {
    return ended;
  }

  private String place() {
    if (column >= shape.single()) {
      return "the start of a row";
    }
    Field field = shape.columns().get(column);
    return "column '" + field.getName() + "' (" + Fields.nativeType(field).orElse("?") + ")";
  }

  private void begin(CopyData next) {
    data = next;
    headerRead = false;
    trailerRead = false;
    ended = false;
    inRow = false;
    column = forms.length;
    large.forget();
    batch.reset();
    message.forget();
  }

  private RecordItem read() throws IOException {
    while (true) {
      if (!inRow && takeWholeRows()) {
        return batch.cut();
      }
      if (!inRow && !nextRow()) {
        break;
      }
      LargeValue ahead = fields();
      if (ahead != null) {
        return ahead;
      }
      inRow = false;
      if (batch.rowDone()) {
        return batch.cut();
      }
    }
    if (batch.rows() > 0) {
      return batch.cut();
    }
    data = null;
    return null;
  }

  /** Takes the rows that were received whole and are common ones; whether the batch ends. */
  private boolean takeWholeRows() throws IOException {
    if (!headerRead || trailerRead || message.left() > 0) {
      return false;
    }
    ByteBuffer ahead = data.ahead();
    if (ahead == null) {
      return false;
    }
    long start = MemoryUtil.getByteBufferAddress(ahead);
    while (true) {
      int rows =
          wholeRows.read(
              start + ahead.position(),
              start + ahead.limit(),
              batch.rowsToSum(),
              batch.bytesToSum());
      if (rows == 0) {
        return false;
      }
      ahead.position((int) (wholeRows.next() - start));
      if (batch.rowsDone(rows, wholeRows.wireBytes())) {
        return true;
      }
    }
  }

  /** Goes to the first field of the next row; false at the end of the data. */
  private boolean nextRow() throws IOException {
    while (message.left() == 0) {
      if (ended) {
        return false;
      }
      if (!data.next()) {
        ended = true;
        if (!trailerRead) {
          throw new Malformed("the data ends before its trailer");
        }
        return false;
      }
      message.begin(data);
    }
    if (trailerRead) {
      throw new Malformed("there is data after the trailer");
    }
    if (!headerRead) {
      CopyHeader.skip(message);
      headerRead = true;
      return nextRow();
    }
    int fields = Short.reverseBytes(MemoryUtil.getShort(message.take(2)));
    if (fields == TRAILER) {
      trailerRead = true;
      return nextRow();
    }
    if (fields != shape.sent()) {
      throw new Malformed("a row has " + fields + " fields instead of " + shape.sent());
    }
    batch.rowBegun(message.left());
    rowStart = message.at();
    column = 0;
    kept = 0;
    inRow = true;
    return true;
  }

  /** Reads on to the end of the row, or to a large value. */
  private LargeValue fields() throws IOException {
    for (int i = column; i < decoders.length; i++) {
      column = i;
      if (i == shape.single()) {
        return others(i);
      }
      int length = Integer.reverseBytes(MemoryUtil.getInt(message.take(4)));
      if (length > LargeValue.SMALL && leavesRow(i, length)) {
        decoders[i].appendNull();
        return large.open(message, forms[i], length);
      } else if (length >= 0) {
        long address = message.take(length);
        Misfit.Kind kind = decoders[i].append(address, length);
        if (kind != null) {
          decoders[i].appendNull();
          batch.misfit(i, kind, MisfitText.of(forms[i], kind, address, length));
        }
      } else if (length == NULL) {
        decoders[i].appendNull();
      } else {
        throw new Malformed("a field has " + length + " bytes");
      }
    }
    column = decoders.length;
    return null;
  }

  /** Hashes the row; of one that is not in memory whole, what is left of it is a large value. */
  private LargeValue others(int at) throws IOException {
    int length = Math.toIntExact(message.left());
    if (message.isStream()) {
      decoders[at].appendNull();
      return large.open(message, forms[at], length);
    }
    long end = message.take(length) + length;
    decoders[at].append(rowStart, (int) (end - rowStart));
    column = decoders.length;
    return null;
  }

  /** Whether a value leaves its row; if it does not, the row has it. */
  private boolean leavesRow(int i, int length) {
    int held = forms[i] == Form.Scalar.JSONB ? length - 1 : length; // without its version
    boolean large = held > LargeValue.THRESHOLD;
    boolean hasParts = !(forms[i] instanceof Form.Decimal || forms[i] instanceof Form.Scalar);
    boolean ofAnyLength = forms[i] instanceof Form.Scalar scalar && OF_ANY_LENGTH.contains(scalar);
    if (large && !ofAnyLength && !hasParts) {
      throw Malformed.length(forms[i], length);
    }
    if (large || !ofAnyLength || held <= LargeValue.SMALL) {
      return large;
    }
    if (kept + held > LargeValue.MOST_IN_ROW) {
      return true;
    }
    kept += held;
    return false;
  }

  @Override
  public void close() {
    batch.close();
    message.close();
    for (ColumnDecoder decoder : decoders) {
      decoder.close();
    }
  }
}
