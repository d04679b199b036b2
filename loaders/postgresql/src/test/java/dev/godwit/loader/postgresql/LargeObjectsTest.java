package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Large objects come back under their ids, with every byte and every hole. */
class LargeObjectsTest {
  private static final String DATASET = "pg_largeobject";

  /** Every page that says something: an empty one within an object does not. */
  private static final String PAGES =
      """
      select md5(string_agg(loid || ' ' || pageno || ' ' || encode(data, 'hex'), ','
        order by loid, pageno)) || ' ' || count(*)
      from pg_largeobject o where length(data) > 0
        or not exists (select from pg_largeobject l where l.loid = o.loid and l.pageno > o.pageno)
      """;

  private static final String WHOLE =
      """
      select string_agg(loid || ' ' || md5(lo_get(loid)), ',' order by loid)
      from (select oid as loid from pg_largeobject_metadata where oid not in (70004)) o
      """;

  private final PostgresServer server = PostgresServer.shared();

  private String source() throws Exception {
    Databases.makeRoles(server);
    String source = server.createDatabase();
    Databases.run(server, source, Databases.script("kinds/large-objects.sql"));
    // More pages than are copied aside at a time.
    server.execute(
        source, "select lo_from_bytea(70007, decode(repeat(md5('x'), 20 * 65536), 'hex'))");
    return source;
  }

  @Test
  void haveTheSamePages() throws Exception {
    String source = source();
    String target = server.createDatabase();
    try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    for (String asked : List.of(PAGES, WHOLE)) {
      assertThat(Databases.ask(server, target, asked))
          .isEqualTo(Databases.ask(server, source, asked));
    }
    assertThat(
            Databases.ask(
                server,
                target,
                "select encode(lo_get(70004, 1073741824 + 99, 100), 'escape')"
                    + " || pg_relation_size('pg_largeobject') / 1000000"))
        .isEqualTo("\\000far away0");
    try (Restore again = new Restore(server.uri(source), server.uri(target))) {
      assertThat(again.obstacles())
          .anyMatch(o -> o.startsWith("large object 70001 and 2307 more exist already"));
    }
  }

  @Test
  void areReadByFunctionsWhereTheirTableIsClosed() throws Exception {
    String source = source();
    String target = server.createDatabase();
    String user = "clerk_" + ProcessHandle.current().pid();
    server.execute(source, "create role " + user + " login; grant select on papers to " + user);
    String uri = server.uri(source).replace("postgres@", user + "@");
    assertThatThrownBy(() -> new Restore(uri, server.uri(target)).close())
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("may not read large object 70001 and 2304 more");
    server.execute(
        source,
        "do $$ declare o oid; begin for o in select oid from pg_largeobject_metadata loop"
            + " execute 'grant select on large object ' || o || ' to "
            + user
            + "'; end loop; end $$");
    try (Restore restore = new Restore(uri, server.uri(target))) {
      restore.all();
      Dataset pages = restore.dataset(DATASET).orElseThrow();
      int[] partitions = {0};
      restore.reading().partitions(pages).forEachRemaining(p -> partitions[0]++);
      assertThat(partitions[0]).isEqualTo(3);
      assertThat(restore.reading()).isInstanceOf(Reading.Partitioned.class);
    }
    assertThat(Databases.ask(server, target, WHOLE))
        .isEqualTo(Databases.ask(server, source, WHOLE));
    assertThat(Databases.ask(server, target, "select count(*) from pg_largeobject"))
        .as("holes stay holes, and zeros become some")
        .isEqualTo("10254");
  }

  @Test
  void belongToRunsOverTheWholeDatabaseUnlessNamed() throws Exception {
    String source = source();
    String target = server.createDatabase();
    try (Restore some =
        new Restore(server.uri(source), server.uri(target), Restore.only("papers"))) {
      assertThat(some.dataset(DATASET)).isEmpty();
      assertThat(some.warnings)
          .containsExactly(
              "2308 large objects are left out: name pg_catalog.pg_largeobject with --include to take"
                  + " them");
    }
    DatasetFilter without =
        new DatasetFilter(List.of(), List.of(DatasetPattern.parse("papers")), List.of(), List.of());
    for (DatasetFilter filter :
        List.of(DatasetFilter.ALL, Restore.only("papers", DATASET), without)) {
      try (Restore all = new Restore(server.uri(source), server.uri(target), filter)) {
        assertThat(all.dataset(DATASET)).isPresent();
        assertThat(all.plan().catalogue().notCarried()).isEmpty();
        assertThat(all.plan().catalogue().objects().filter(o -> o.kind().equals("large objects")))
            .hasSize(3);
      }
    }
  }

  @Test
  void aDatabaseWithoutAnyHasNoDataset() throws Exception {
    String source = server.createDatabase();
    try (Restore all = new Restore(server.uri(source), server.uri(server.createDatabase()))) {
      assertThat(all.dataset(DATASET)).isEmpty();
    }
  }
}
