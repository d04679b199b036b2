package dev.godwit.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A shop's database: customers with preferences, products with pictures, orders and their items.
 */
final class Shop {
  /** Its tables. */
  static final List<String> TABLES = List.of("customers", "products", "orders", "items");

  private Shop() {}

  /** What makes and fills it. */
  static String create() {
    return read("shop.sql");
  }

  /** What changes one per cent of the orders. */
  static String change() {
    return read("change.sql");
  }

  /**
   * A query for the number of rows of a table and the sum of the server's own hash over each: the
   * same for the same rows, in whatever order.
   */
  static String fingerprint(String table) {
    return "select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from "
        + table
        + " t";
  }

  private static String read(String name) {
    try (InputStream in = Shop.class.getResourceAsStream("/dev/godwit/cli/demo/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
