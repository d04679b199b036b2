package dev.godwit.transfer.hash;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;

/** Hashes one partition. */
final class FingerprintWriter implements RecordWriter {
  private static final int PIECE = 1 << 16;

  private final FingerprintLoad load;
  private final DatasetName dataset;
  private final RowHasher hasher = new RowHasher();
  private final Map<String, Long> came = new HashMap<>();
  private long bytes;

  FingerprintWriter(FingerprintLoad load, DatasetName dataset) {
    this.load = load;
    this.dataset = dataset;
  }

  @Override
  public void write(RecordItem item) {
    if (item instanceof LargeValue value) {
      meet(value.bytes());
    } else if (item instanceof RecordBatch batch) {
      batch.large().forEach(this::require);
      came.clear();
      hasher.add(batch);
      for (FieldVector vector : batch.rows().getFieldVectors()) {
        bytes += vector.getBufferSize();
      }
    }
  }

  private void meet(InputStream value) {
    MessageDigest digest = Bytes.newSha256();
    byte[] piece = new byte[PIECE];
    long length = 0;
    try {
      for (int read; (read = value.read(piece)) >= 0; length += read) {
        digest.update(piece, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    came.put(HexFormat.of().formatHex(digest.digest()), length);
    bytes += length;
  }

  private void require(LargeReference reference) {
    Long length = came.get(HexFormat.of().formatHex(reference.sha256()));
    if (length == null || length != reference.length()) {
      throw new GodwitException(
          ExitCode.FAILED,
          "a large value of " + dataset + " is not the one that its row refers to",
          "read it again; if it fails again, its source is damaged");
    }
  }

  @Override
  public Commit commit() {
    Fingerprint fingerprint = hasher.fingerprint();
    load.add(dataset, fingerprint);
    return new Commit(fingerprint.rows(), bytes, -1, 0);
  }

  @Override
  public void abort() {}

  @Override
  public void close() {}
}
