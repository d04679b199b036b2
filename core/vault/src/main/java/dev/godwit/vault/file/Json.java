package dev.godwit.vault.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

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

  /** Writes small files: indented, lines ended the same way on every system. */
  public static ObjectMapper page() {
    return PAGE;
  }
}
