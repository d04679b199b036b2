package dev.godwit.cli.records;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.VarBinaryVector;

/** Documents: of each its bytes as they are, or a line of JSON. */
public final class DocumentRecords implements RecordFormat {
  private final OutputStream out;
  private final Form form;

  /** What is written of a document. */
  @FunctionalInterface
  private interface Form {
    byte[] of(byte[] document);
  }

  private DocumentRecords(OutputStream out, Form form) {
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.form = form;
  }

  /** Extended JSON, one document in a line; writes to the stream, which stays open. */
  public static RecordFormat json(OutputStream out) {
    return new DocumentRecords(
        out, document -> (DocumentText.of(document) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** BSON, one document after the other; writes to the stream, which stays open. */
  public static RecordFormat bson(OutputStream out) {
    return new DocumentRecords(out, document -> document);
  }

  @Override
  public void record(RecordBatch batch, int row, LargeValues large) throws IOException {
    out.write(form.of(bytes(batch, row, large)));
  }

  /** The document of a row. */
  static byte[] bytes(RecordBatch batch, int row, LargeValues large) throws IOException {
    LargeReference reference = batch.largeAt(row, 0);
    if (reference == null) {
      return ((VarBinaryVector) batch.rows().getVector(0)).get(row);
    }
    try (InputStream bytes = large.open(reference)) {
      return bytes.readAllBytes(); // a server takes 16 MiB at most
    }
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
