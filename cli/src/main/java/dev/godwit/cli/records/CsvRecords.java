package dev.godwit.cli.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * CSV by RFC 4180, but with plain line feeds: a heading, then a line for each record. A null is
 * nothing at all, an empty text {@code ""}. Lists and structs are JSON. A misfit is its own text.
 */
public final class CsvRecords implements RecordFormat {
  /** A multiple of three, so that no padding falls between pieces of base64. */
  private static final int PIECE = 3 << 14;

  /** A line of this, unquoted, ends what PostgreSQL's COPY reads before version 18. */
  private static final String END_OF_DATA = "\\.";

  private final Writer out;
  private final List<Field> fields;
  private final List<FieldKind> kinds;

  /** Writes the heading to the stream, which stays open. */
  public CsvRecords(OutputStream out, Schema schema) throws IOException {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    fields = schema.getFields();
    kinds = fields.stream().map(FieldKind::of).toList();
    this.out.write(
        fields.stream().map(f -> quoted(f.getName())).collect(Collectors.joining(",")) + "\n");
  }

  @Override
  public void record(RecordBatch batch, int row, LargeValues large) throws IOException {
    for (int column = 0; column < fields.size(); column++) {
      if (column > 0) {
        out.write(',');
      }
      FieldVector vector = batch.rows().getVector(column);
      if (!vector.isNull(row)) {
        out.write(quoted(text(kinds.get(column), vector, row)));
        continue;
      }
      Misfit misfit = batch.misfitAt(row, column);
      LargeReference reference = batch.largeAt(row, column);
      if (misfit != null) {
        out.write(quoted(MisfitText.of(misfit)));
      } else if (reference != null) {
        stream(kinds.get(column), vector, reference, large);
      }
    }
    out.write('\n');
  }

  private static String text(FieldKind kind, FieldVector vector, int row) throws IOException {
    return switch (kind) {
      case LIST, STRUCT, MAP -> {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
          new JsonValues(json).write(kind, vector, row);
        }
        yield text.toString();
      }
      default -> ValueText.of(kind, vector, row);
    };
  }

  private void stream(
      FieldKind kind, FieldVector vector, LargeReference reference, LargeValues large)
      throws IOException {
    try (InputStream bytes = large.open(reference)) {
      if (kind == FieldKind.BSON) {
        out.write(quoted(DocumentText.of(bytes.readAllBytes())));
      } else if (vector instanceof VarCharVector) {
        out.write('"');
        text(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        out.write('"');
      } else {
        binary(bytes);
      }
    }
  }

  private void text(Reader text) throws IOException {
    char[] chunk = new char[8192];
    for (int read = text.read(chunk); read > 0; read = text.read(chunk)) {
      out.write(new String(chunk, 0, read).replace("\"", "\"\""));
    }
  }

  private void binary(InputStream bytes) throws IOException {
    byte[] chunk = bytes.readNBytes(PIECE);
    while (chunk.length > 0) {
      out.write(Base64.getEncoder().encodeToString(chunk));
      chunk = bytes.readNBytes(PIECE);
    }
  }

  private static String quoted(String text) {
    boolean plain =
        !text.isEmpty()
            && !text.equals(END_OF_DATA)
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
