package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import org.junit.jupiter.api.Test;

/** A hot standby answers, and takes nothing. */
class StandbyTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String source = server.createDatabase();

  @Test
  void isRefusedAsATargetBeforeAnythingIsTried() {
    server.execute(source, "create table t (a int)");
    try (PostgresServer standby =
        PostgresServer.standby(primary -> primary.execute("postgres", "create database there"))) {
      try (Restore restore = new Restore(server.uri(source), standby.uri("there"))) {
        assertThat(restore.obstacles())
            .containsExactly(
                "there on 127.0.0.1:"
                    + standby.port()
                    + " is on a standby, where nothing can be written");
      }
      try (Restore restore = new Restore(server.uri(source), standby.uri("missing")).creating()) {
        assertThat(restore.obstacles()).singleElement().asString().contains("is on a standby");
      }
    }
  }
}
