package dev.godwit.compare;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.arrow.vector.VarBinaryVector;

/** Goes through documents, byte by byte as they are. */
final class DocumentCursor implements RecordCursor {
  private static final Hasher128 XXH3 = Hashing.xxh3_128();

  private final DatasetName dataset;
  private final boolean byId;
  private final DocumentId id = new DocumentId();
  private final LargeSpool spool = new LargeSpool();
  private byte[] bytes = new byte[1 << 10];
  private int size;
  private RecordBatch batch;
  private VarBinaryVector documents;
  private int row;
  private boolean encoded;
  private long keyHash;
  private long high;
  private long low;

  /**
   * A cursor.
   *
   * @param byId whether the {@code _id} is the key; else it is left out
   */
  DocumentCursor(DatasetName dataset, boolean byId) {
    this.dataset = dataset;
    this.byId = byId;
  }

  @Override
  public long meet(LargeValue value) {
    Counting counted = new Counting(value.bytes());
    spool.keep(new LargeValue(counted));
    return counted.count;
  }

  @Override
  public void over(RecordBatch next) {
    batch = next;
    documents = (VarBinaryVector) next.rows().getVector(0);
    row = -1;
  }

  @Override
  public boolean next() {
    if (++row >= batch.rowCount()) {
      spool.clear();
      return false;
    }
    encoded = false;
    load();
    boolean found = id.find(bytes, size);
    if (found && byId) {
      keyHash = id.hash(bytes);
      return true;
    }
    if (found) { // which was made up
      size = id.removed(bytes, size);
    }
    encode();
    keyHash = low;
    return true;
  }

  private void load() {
    LargeReference large = documents.isNull(row) ? batch.largeAt(row, 0) : null;
    if (large != null) {
      try (InputStream in = spool.open(large)) {
        bytes = in.readAllBytes();
        size = bytes.length;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (IllegalStateException e) {
        throw new GodwitException(
            ExitCode.FAILED,
            "a large document of " + dataset + " is not the one that its row refers to",
            "read it again; if it fails again, its source is damaged",
            e);
      }
      return;
    }
    size = documents.getValueLength(row);
    if (bytes.length < size) {
      bytes = Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
    }
    documents.getDataBuffer().getBytes(documents.getStartOffset(row), bytes, 0, size);
  }

  @Override
  public void encode() {
    if (!encoded) {
      encoded = true;
      HashValue128 hash = XXH3.hashBytesTo128Bits(bytes, 0, size);
      high = hash.getMostSignificantBits();
      low = hash.getLeastSignificantBits();
    }
  }

  @Override
  public long keyHash() {
    return keyHash;
  }

  @Override
  public long high() {
    return high;
  }

  @Override
  public long low() {
    return low;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void close() {
    spool.close();
  }

  /** Counts what is read. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
