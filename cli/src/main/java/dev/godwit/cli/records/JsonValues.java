package dev.godwit.cli.records;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.mapping.bytes.StoredJson;
import dev.godwit.spi.record.FieldKind;
import java.io.IOException;
import java.io.StringWriter;
import java.util.regex.Pattern;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Values as JSON: numbers with all their digits, JSON as it is but in one line. */
final class JsonValues {
  /** It stood as an escape, and has no bytes in UTF-8. */
  private static final Pattern HALF_OF_A_PAIR = Pattern.compile("\\p{Cs}");

  private final JsonGenerator json;

  JsonValues(JsonGenerator json) {
    this.json = json;
  }

  /** Writes the value at a place, null where it is null. */
  void write(FieldKind kind, FieldVector vector, int row) throws IOException {
    if (vector.isNull(row)) {
      json.writeNull();
      return;
    }
    switch (kind) {
      case INTEGER, UNSIGNED, DECIMAL -> json.writeNumber(ValueText.of(kind, vector, row));
      case TEXT_DECIMAL -> decimal(ValueText.of(kind, vector, row));
      case BOOL -> json.writeBoolean(ValueText.of(kind, vector, row).equals("true"));
      case FLOAT -> floating((Number) vector.getObject(row));
      case JSON -> json(ValueText.of(kind, vector, row));
      case LIST -> list((ListVector) vector, row);
      case MAP -> list((ListVector) vector, row);
      case STRUCT -> struct((StructVector) vector, row);
      default -> json.writeString(ValueText.of(kind, vector, row));
    }
  }

  private void decimal(String text) throws IOException {
    if (text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?")) {
      json.writeNumber(text);
    } else {
      json.writeString(text);
    }
  }

  /** JSON has no word for what is not finite. */
  private void floating(Number value) throws IOException {
    double number = value.doubleValue();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      json.writeString(value.toString());
    } else {
      json.writeNumber(value.toString());
    }
  }

  /** White space between the tokens may hold line ends, so it goes; all else is kept. */
  private void json(String text) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonParser parser = StoredJson.FACTORY.createParser(text);
        JsonGenerator copy = StoredJson.FACTORY.createGenerator(line)) {
      while (parser.nextToken() != null) {
        copy.copyCurrentEventExact(parser);
      }
    } catch (JsonProcessingException e) {
      json.writeString(text);
      return;
    }
    json.writeRawValue(
        HALF_OF_A_PAIR
            .matcher(line.toString())
            .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0))));
  }

  private void list(ListVector vector, int row) throws IOException {
    FieldVector elements = vector.getDataVector();
    FieldKind kind = FieldKind.of(elements.getField());
    json.writeStartArray();
    for (int at = vector.getElementStartIndex(row); at < vector.getElementEndIndex(row); at++) {
      write(kind, elements, at);
    }
    json.writeEndArray();
  }

  private void struct(StructVector vector, int row) throws IOException {
    json.writeStartObject();
    for (FieldVector child : vector.getChildrenFromFields()) {
      json.writeFieldName(child.getName());
      write(FieldKind.of(child.getField()), child, row);
    }
    json.writeEndObject();
  }
}
