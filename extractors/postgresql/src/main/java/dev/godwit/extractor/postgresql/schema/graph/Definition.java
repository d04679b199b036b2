package dev.godwit.extractor.postgresql.schema.graph;

import java.util.Map;

/**
 * What makes an object.
 *
 * @param text one or more statements
 * @param attributes what the loader wants to know of it, by {@link Attributes}
 */
public record Definition(String text, Map<String, String> attributes) {
  /** Must have been spelt out. */
  public Definition {
    CatalogueQuery.spelt(text);
  }

  /** A definition of which nothing else is to be known. */
  public Definition(String text) {
    this(text, Map.of());
  }

  /** One that only servers of a major version or newer understand; 0 for all. */
  public static Definition since(int version, String text) {
    return new Definition(
        text, version == 0 ? Map.of() : Map.of(Attributes.SINCE, Integer.toString(version)));
  }
}
