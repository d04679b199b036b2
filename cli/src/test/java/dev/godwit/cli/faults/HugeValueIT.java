package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value near the largest that PostgreSQL takes goes through memory that could not hold it. */
class HugeValueIT {
  private static final long MOST_MIB = 450;
  private static final String HASH =
      "select length(content) || ' ' || encode(sha256(content), 'hex') from films";

  @TempDir Path folder;

  @Test
  void aValueOfNineHundredMegabytesIsCarried() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    // Its pieces of 8 MiB all differ, for the part of it that is repeated has another length.
    server.execute(
        shop,
        """
        create table films (id integer primary key, content bytea);
        alter table films alter content set storage external;
        do $$ declare part bytea; begin
          select string_agg(sha256(i::text::bytea), '') into part from generate_series(1, 937500) i;
          part := part || part || part || part || part;
          insert into films values (1, part || part || part || part || part || part);
        end $$;
        """);
    String expected = new Observer(server, shop).ask(HASH);
    assertThat(expected).startsWith("900000000 ");
    String vault = folder.resolve("vault").toString();

    Launched backup = Launched.of("backup", "-q", "--init", "--jobs", "2", server.uri(shop), vault);
    long reading = Peak.of(backup);
    assertThat(backup.status()).as(backup.printed()).isZero();
    server.execute("postgres", "drop database " + shop);
    String copy = server.createDatabase();
    Launched restore = Launched.of("restore", "-q", "--jobs", "2", vault, server.uri(copy));
    long writing = Peak.of(restore);
    assertThat(restore.status()).as(restore.printed()).isZero();

    System.out.printf("900 MB: read with %d MiB, written with %d MiB%n", reading, writing);
    assertThat(new Observer(server, copy).ask(HASH)).isEqualTo(expected);
    server.execute("postgres", "drop database " + copy);
    assertThat(reading).isBetween(1L, MOST_MIB);
    assertThat(writing).isBetween(1L, MOST_MIB);
  }
}
