package dev.godwit.testkit.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A PostgreSQL database that holds something of each kind that is carried, under names that are
 * hard to quote, and nothing of any other kind.
 */
public final class RichDatabase {
  private RichDatabase() {}

  /**
   * The statements that define it.
   *
   * @param version the server's major version, 14 or newer: newer servers have more kinds; from 18
   *     on the definitions need an extension, which they make
   */
  public static String definitions(int version) {
    return script("rich.sql")
        + (version >= 15 ? script("since-15.sql") : "")
        + (version >= 18 ? script("since-18.sql") : "");
  }

  /** The statements that fill what {@link #definitions} made. */
  public static String rows() {
    return script("rich-rows.sql");
  }

  private static String script(String name) {
    try (InputStream script = RichDatabase.class.getResourceAsStream(name)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
