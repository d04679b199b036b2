package dev.godwit.cli.records;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One JSON object a line, its fields in the order of the columns. Large values are streamed. A
 * misfit is the object {@code {"misfit": kind, "value": text}}.
 */
public final class JsonRecords implements RecordFormat {
  private final JsonGenerator json;
  private final JsonValues values;
  private final List<Field> fields;
  private final List<FieldKind> kinds;

  /** Writes to the stream, which stays open. */
  public JsonRecords(OutputStream out, Schema schema) throws IOException {
    json = JsonLines.on(out);
    values = new JsonValues(json);
    fields = schema.getFields();
    kinds = fields.stream().map(FieldKind::of).toList();
  }

  @Override
  public void record(RecordBatch batch, int row, LargeValues large) throws IOException {
    json.writeStartObject();
    for (int column = 0; column < fields.size(); column++) {
      json.writeFieldName(fields.get(column).getName());
      FieldVector vector = batch.rows().getVector(column);
      Misfit misfit = vector.isNull(row) ? batch.misfitAt(row, column) : null;
      LargeReference reference = vector.isNull(row) ? batch.largeAt(row, column) : null;
      if (misfit != null) {
        json.writeStartObject();
        json.writeStringField("misfit", misfit.kind().name());
        json.writeStringField("value", MisfitText.of(misfit));
        json.writeEndObject();
      } else if (reference != null) {
        try (InputStream bytes = large.open(reference)) {
          stream(vector, bytes);
        }
      } else {
        values.write(kinds.get(column), vector, row);
      }
    }
    json.writeEndObject();
  }

  private void stream(FieldVector vector, InputStream bytes) throws IOException {
    if (vector instanceof VarCharVector) {
      json.writeString(new InputStreamReader(bytes, StandardCharsets.UTF_8), -1);
    } else {
      json.writeBinary(bytes, -1);
    }
  }

  @Override
  public void close() throws IOException {
    JsonLines.end(json);
  }
}
