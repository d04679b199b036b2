package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large objects go through memory that could hold neither one of them nor the list of all. */
class LargeObjectsIT {
  private static final long MOST_MIB = 450;
  private static final String HASH =
      "select md5(string_agg(md5(data) || pageno, '' order by loid, pageno)) || ' ' || count(*)"
          + " from pg_largeobject";
  private static final String OBJECTS =
      "select count(*) || ' ' || sum(hashtext(oid::text)) || ' ' || count(lomacl)"
          + " from pg_largeobject_metadata";

  private final PostgresServer server = PostgresServer.shared();
  @TempDir Path folder;

  @Test
  void oneOfAHundredMegabytesAndAHundredThousandSmallOnesAreCarried() throws Exception {
    String shop = server.createDatabase();
    server.execute(
        shop,
        """
        do $$ declare part bytea; begin
          perform lo_create(70001);
          for i in 0..9 loop
            select string_agg(sha256((i || ' ' || n)::text::bytea), '') into part
            from generate_series(1, 312500) n;
            perform lo_put(70001, i * 10000000, part);
          end loop;
          perform lo_from_bytea((100000 + n)::oid, 'small') from generate_series(1, 100000) n;
        end $$;
        """);
    // Few at a time: the server keeps a lock of each until the end of the transaction.
    for (int i = 0; i < 10; i++) {
      server.execute(
          shop,
          "do $$ begin for i in %d..%d loop execute 'grant select on large object ' || i || ' to public'; end loop; end $$"
              .formatted(100_001 + i * 100, 100_100 + i * 100));
    }
    String pages = new Observer(server, shop).ask(HASH);
    String objects = new Observer(server, shop).ask(OBJECTS);
    String vault = folder.resolve("vault").toString();
    Launched backup = Launched.of("backup", "-q", "--init", "--jobs", "2", server.uri(shop), vault);
    long reading = Peak.of(backup);
    assertThat(backup.status()).as(backup.printed()).isZero();
    server.execute("postgres", "drop database " + shop);
    String copy = server.createDatabase();
    Launched restore = Launched.of("restore", "-q", "--jobs", "2", vault, server.uri(copy));
    long writing = Peak.of(restore);
    assertThat(restore.status()).as(restore.printed()).isZero();
    System.out.printf("large objects: read with %d MiB, written with %d MiB%n", reading, writing);
    assertThat(new Observer(server, copy).ask(HASH)).isEqualTo(pages);
    assertThat(new Observer(server, copy).ask(OBJECTS)).isEqualTo(objects);
    server.execute("postgres", "drop database " + copy);
    assertThat(reading).isBetween(1L, MOST_MIB);
    assertThat(writing).isBetween(1L, MOST_MIB);
  }
}
