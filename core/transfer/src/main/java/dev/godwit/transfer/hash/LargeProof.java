package dev.godwit.transfer.hash;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Reads large values to their ends, and holds them against what their rows say of them. */
public final class LargeProof {
  private static final int PIECE = 1 << 16;

  private final DatasetName dataset;
  private final Map<String, Long> came = new HashMap<>();

  /** For the items of one partition, in their order. */
  public LargeProof(DatasetName dataset) {
    this.dataset = dataset;
  }

  /** Reads a value; how many bytes it has. */
  public long meet(LargeValue value) {
    MessageDigest digest = Sha256.begin();
    byte[] piece = new byte[PIECE];
    long length = 0;
    InputStream bytes = value.bytes();
    try {
      for (int read; (read = bytes.read(piece)) >= 0; length += read) {
        digest.update(piece, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    came.put(HexFormat.of().formatHex(digest.digest()), length);
    return length;
  }

  /**
   * Checks that the values that a batch refers to are those that came ahead of it.
   *
   * @throws GodwitException {@code FAILED} where one is another
   */
  public void require(RecordBatch batch) {
    for (LargeReference reference : batch.large()) {
      Long length = came.get(HexFormat.of().formatHex(reference.sha256()));
      if (length == null || length != reference.length()) {
        throw new GodwitException(
            ExitCode.FAILED,
            "a large value of " + dataset + " is not the one that its row refers to",
            "read it again; if it fails again, its source is damaged");
      }
    }
    came.clear();
  }
}
