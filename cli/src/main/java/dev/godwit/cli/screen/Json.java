package dev.godwit.cli.screen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Writes JSON of maps, collections, text, numbers, truth values and times. Keys keep the map's
 * order.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private Json() {}

  /** A value that is JSON already. */
  public record Written(String json) {}

  /** Writes one document in several lines, for a question. */
  public static void document(Terminal terminal, Object value) {
    try (JsonGenerator json = FACTORY.createGenerator(terminal.out())) {
      json.useDefaultPrettyPrinter();
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    terminal.println("");
  }

  /** Writes one document in one line and hands it on at once, for an event. */
  public static void line(OutputStream out, Object value) {
    try {
      try (JsonGenerator json = FACTORY.createGenerator(out)) {
        write(json, value);
      }
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Collection<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Optional<?> optional) {
      write(json, optional.orElse(null));
    } else if (value == null
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Double
        || value instanceof Boolean) {
      json.writeObject(value);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Written written) {
      json.writeRawValue(written.json());
    } else if (value instanceof String || value instanceof Instant || value instanceof Enum<?>) {
      json.writeString(value.toString());
    } else {
      throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }
}
