package dev.godwit.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server with the shop in it. */
final class Shop implements AutoCloseable {
  private final EmbeddedPostgres server;

  private Shop(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts a server with plain settings for a machine of this size. */
  static Shop start() throws IOException {
    return new Shop(
        EmbeddedPostgres.builder()
            .setServerConfig("shared_buffers", "1GB")
            .setServerConfig("max_wal_size", "8GB")
            .setServerConfig("checkpoint_timeout", "30min")
            .setServerConfig("autovacuum", "off")
            .setServerConfig("max_connections", "40")
            .start());
  }

  int port() {
    return server.getPort();
  }

  /** Makes the data at a size. */
  void fill(int size) throws IOException, SQLException {
    execute("postgres", "create database shop");
    try (InputStream in = Shop.class.getResourceAsStream("shop.sql")) {
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String statement : script.replace(":size", Integer.toString(size)).split(";\n", -1)) {
        if (!statement.isBlank()) {
          execute("shop", statement);
        }
      }
    }
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
