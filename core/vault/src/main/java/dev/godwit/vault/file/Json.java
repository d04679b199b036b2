package dev.godwit.vault.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** How JSON is written in a vault: UTF-8, fields in the order of their records, no nulls. */
public final class Json {
  /** Reads and writes one value to a line. */
  public static final ObjectMapper LINE =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          // Our records say all by their components; looking for annotations takes 20 ms of a
          // start.
          .disable(MapperFeature.USE_ANNOTATIONS)
          .build();

  private static final DefaultPrettyPrinter PRINTER =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private static final ObjectMapper PAGE =
      LINE.copy().enable(SerializationFeature.INDENT_OUTPUT).setDefaultPrettyPrinter(PRINTER);

  private Json() {}

  /**
   * The version of a document's fields, without looking at the others; -1 where it says none.
   *
   * @throws IOException if the bytes are no JSON object
   */
  public static int format(byte[] document) throws IOException {
    try (JsonParser parser = LINE.createParser(document)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("format");
        JsonToken value = parser.nextToken();
        if (found) {
          return value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
        }
        parser.skipChildren();
      }
      return -1;
    }
  }

  /** Writes small files: indented, lines ended the same way on every system. */
  public static ObjectMapper page() {
    return PAGE;
  }
}
