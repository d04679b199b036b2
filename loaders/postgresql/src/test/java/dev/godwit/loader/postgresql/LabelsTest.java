package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Security labels, on a server that has loaded no module for them. */
class LabelsTest {
  private final PostgresServer server = PostgresServer.shared();

  private String source() throws Exception {
    String source = server.createDatabase();
    Databases.run(server, source, Databases.script("kinds/labels.sql"));
    return source;
  }

  @Test
  void areStatements() throws Exception {
    List<SchemaObject> labels =
        Databases.objects(server, source()).stream()
            .filter(object -> object.kind().equals("security label"))
            .toList();
    assertThat(labels.stream().map(SchemaObject::definition))
        .containsExactlyInAnyOrder(
            """
            SECURITY LABEL FOR "Other" ON TABLE public.t IS 'it''s';
            SECURITY LABEL FOR selinux ON TABLE public.t IS 'system_u:object_r:sepgsql_table_t:s0';
            SECURITY LABEL FOR selinux ON COLUMN public.t."Odd col" IS 'col'"""
                .stripIndent(),
            "SECURITY LABEL FOR selinux ON SEQUENCE public.t_id_seq IS 'identity'",
            "SECURITY LABEL FOR selinux ON VIEW public.v IS 'view'",
            "SECURITY LABEL FOR selinux ON FUNCTION public.f(integer) IS 'function'",
            "SECURITY LABEL FOR selinux ON FUNCTION public.citext_eq(public.citext, public.citext) IS"
                + " 'brought'",
            "SECURITY LABEL FOR selinux ON TYPE public.mood IS 'type'",
            "SECURITY LABEL FOR selinux ON SCHEMA public IS 'schema'",
            "SECURITY LABEL FOR selinux ON LARGE OBJECT 70001 IS 'large object'",
            "DO 'BEGIN EXECUTE ''SECURITY LABEL FOR selinux ON DATABASE ''"
                + " || pg_catalog.quote_ident(pg_catalog.current_database())"
                + " || '' IS ''''database''''''; END'");
  }

  @Test
  void areToldBeforeAnythingIsWrittenOrLeftOut() throws Exception {
    String source = source();
    String target = server.createDatabase();
    try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
      assertThat(restore.obstacles())
          .containsExactly(
              "security label provider Other is needed, and the server has not loaded it",
              "security label provider selinux is needed, and the server has not loaded it");
    }
    try (Restore restore =
        new Restore(server.uri(source), server.uri(target) + "?no-security-labels=true")) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    assertThat(Databases.ask(server, target, "select count(*) from pg_seclabel")).isEqualTo("0");
  }
}
