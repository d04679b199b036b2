package dev.godwit.testkit.contract;

import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Batches as the bytes that Arrow writes for them. */
final class Serialised {
  private Serialised() {}

  /** Of the batch as a stream of its own, and of its misfits and references. */
  static String sha256(RecordBatch batch) {
    try {
      MessageDigest digest = Sha256.begin();
      try (ArrowStreamWriter writer =
          new ArrowStreamWriter(
              batch.rows(),
              null,
              Channels.newChannel(
                  new DigestOutputStream(OutputStream.nullOutputStream(), digest)))) {
        writer.writeBatch();
        writer.end();
      }
      String rows = HexFormat.of().formatHex(digest.digest());
      return rows + " " + batch.misfits().hashCode() + " " + batch.large().hashCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
