package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import org.junit.jupiter.api.Test;

/** A subscription never takes changes by itself in a copy, and that is told. */
class SubscriptionsTest {
  private final PostgresServer server = PostgresServer.shared();

  @Test
  void areDisabledWithoutASlotAndTold() throws Exception {
    String source = server.createDatabase();
    String target = server.createDatabase();
    server.execute(
        source,
        """
        create table t (a int);
        create subscription one_%1$s connection 'dbname=nowhere' publication p
          with (connect = false, slot_name = slot_%1$s);
        create subscription two_%1$s connection 'dbname=nowhere' publication p
          with (connect = false, slot_name = none);
        """
            .formatted(source));
    try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
      assertThat(restore.all().notes())
          .contains(
              "subscriptions are disabled: one_%1$s, two_%1$s; alter subscription enables one, once"
                      .formatted(source)
                  + " its connection is right and its slot is no other's");
    }
    assertThat(
            Databases.ask(
                server,
                target,
                "select count(*) from pg_subscription s join pg_database d on d.oid = s.subdbid"
                    + " where d.datname = current_database() and not subenabled"
                    + " and subslotname is null"))
        .isEqualTo("2");
    server.execute(
        source,
        "alter subscription one_%1$s set (slot_name = none); drop subscription one_%1$s;"
                .formatted(source)
            + " drop subscription two_"
            + source);
  }
}
