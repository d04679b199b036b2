package dev.godwit.cli.records;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One key with its value a line, as a JSON object: a key or a value that is UTF-8 without a zero
 * byte is a string, any other {@code {"base64":"AP8="}}, as within the elements. Nulls are left
 * out. Large values are streamed.
 */
public final class KeyRecords implements RecordFormat {
  private final JsonGenerator json;
  private final JsonValues values;
  private final List<Field> fields;
  private final List<FieldKind> kinds;

  /** Writes to the stream, which stays open. */
  public KeyRecords(OutputStream out, Schema schema) throws IOException {
    json = JsonLines.on(out);
    values = new JsonValues(json);
    fields = schema.getFields();
    kinds = fields.stream().map(FieldKind::of).toList();
  }

  @Override
  public void record(RecordBatch batch, int row, LargeValues large) throws IOException {
    json.writeStartObject();
    for (int column = 0; column < fields.size(); column++) {
      FieldVector vector = batch.rows().getVector(column);
      LargeReference reference = vector.isNull(row) ? batch.largeAt(row, column) : null;
      if (reference != null || !vector.isNull(row)) {
        json.writeFieldName(fields.get(column).getName());
        if (reference != null) {
          stream(vector, () -> large.open(reference));
        } else if (column == KeyValues.KEY || column == KeyValues.VALUE) {
          bytes(((VarBinaryVector) vector).get(row));
        } else {
          values.write(kinds.get(column), vector, row);
        }
      }
    }
    json.writeEndObject();
  }

  private void bytes(byte[] bytes) throws IOException {
    if (Utf8.isPlain(bytes, 0, bytes.length)) {
      json.writeUTF8String(bytes, 0, bytes.length);
    } else {
      json.writeStartObject();
      json.writeFieldName("base64");
      json.writeBinary(bytes);
      json.writeEndObject();
    }
  }

  /** Opens a large value. */
  @FunctionalInterface
  private interface Opening {
    InputStream open() throws IOException;
  }

  private void stream(FieldVector vector, Opening value) throws IOException {
    if (vector instanceof VarCharVector) {
      try (Reader elements = new InputStreamReader(value.open(), StandardCharsets.UTF_8)) {
        json.writeRawValue("");
        char[] block = new char[1 << 14];
        for (int read; (read = elements.read(block)) >= 0; ) {
          json.writeRaw(block, 0, read);
        }
      }
    } else if (Utf8.isPlain(value.open())) {
      try (Reader text = new InputStreamReader(value.open(), StandardCharsets.UTF_8)) {
        json.writeString(text, -1);
      }
    } else {
      json.writeStartObject();
      json.writeFieldName("base64");
      try (InputStream bytes = value.open()) {
        json.writeBinary(bytes, -1);
      }
      json.writeEndObject();
    }
  }

  @Override
  public void close() throws IOException {
    JsonLines.end(json);
  }
}
