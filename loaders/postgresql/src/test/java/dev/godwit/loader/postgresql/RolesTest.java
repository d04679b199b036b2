package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The roles of a server, made in another that lacks them. */
class RolesTest {
  private static final String ROLES =
      """
      select string_agg(concat_ws(' ', rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb,
        rolcanlogin, rolreplication, rolbypassrls, rolconnlimit, rolvaliduntil at time zone 'utc',
        shobj_description(oid, 'pg_authid'),
        (select string_agg(c, ' ' order by c) from pg_db_role_setting s, unnest(setconfig) c
         where s.setrole = r.oid and s.setdatabase = 0)), E'\\n' order by rolname)
      from pg_roles r where rolname ~ '^kept_'
      """;

  private static final String MEMBERS =
      """
      select string_agg(concat_ws(' ', r.rolname, u.rolname, g.rolname, m.admin_option,
        m.inherit_option, m.set_option), E'\\n' order by r.rolname, u.rolname, g.rolname)
      from pg_auth_members m join pg_roles r on r.oid = m.roleid
      join pg_roles u on u.oid = m.member join pg_roles g on g.oid = m.grantor
      where u.rolname ~ '^kept_'
      """;

  private static PostgresServer old;
  private static PostgresServer fresh;
  private static String source;

  @BeforeAll
  static void start() {
    old = PostgresServer.start(Map.of());
    fresh = PostgresServer.start(Map.of());
    source = old.createDatabase();
    old.execute(
        source,
        """
        create role "kept_Team, {A}" nologin noinherit;
        create role kept_alice login connection limit 7 valid until '2031-05-06 07:08:09+00'
          password 'alice has one';
        create role kept_bob createdb createrole bypassrls;
        create role kept_there login;
        alter role kept_alice set search_path to app, "Odd one";
        alter role kept_alice set application_name to 'it''s her';
        alter role kept_there set work_mem to '5MB';
        comment on role kept_alice is 'she';
        grant "kept_Team, {A}" to kept_alice with admin option;
        grant "kept_Team, {A}" to kept_bob with inherit true, set false
          granted by kept_alice;
        grant pg_read_all_data to kept_bob;
        grant kept_bob to kept_there;
        create table t (a int);
        insert into t values (1);
        alter table t owner to kept_bob;
        grant select on t to "kept_Team, {A}";
        """);
    fresh.execute("postgres", "create role kept_there nologin connection limit 3");
  }

  @AfterAll
  static void stop() {
    fresh.close();
    old.close();
  }

  private static Restore restore(String database, String reading, String writing) {
    return new Restore(old.uri(source) + reading, fresh.uri(database) + writing);
  }

  /** They are the server's, as roles are, and pg_dumpall has them. */
  @Test
  void privilegesOnParametersAreCountedAsNotCarried() {
    old.execute(source, "grant set on parameter log_statement to kept_bob");
    try (Restore restore = restore(fresh.createDatabase(), "?roles=true&with-secrets=true", "")) {
      assertThat(restore.plan().catalogue().notCarried())
          .isEqualTo(Map.of("privileges on parameters of the server", 1L));
    } finally {
      old.execute(source, "revoke set on parameter log_statement from kept_bob");
    }
  }

  @Test
  void areMadeWhereTheyAreMissingAndLeftWhereTheyAreThere() throws Exception {
    String target = fresh.createDatabase();
    try (Restore restore = restore(target, "?roles=true", "")) {
      assertThat(restore.obstacles())
          .contains("role kept_bob is needed and not carried")
          .hasSize(2);
    }
    List<String> notes;
    try (Restore restore = restore(target, "?roles=true&with-secrets=true", "?roles=true")) {
      assertThat(restore.plan().catalogue().notCarried()).isEmpty();
      assertThat(restore.obstacles()).isEmpty();
      notes = restore.all().notes();
    }
    assertThat(notes).contains("role kept_there was there already and is used as it was");
    String there =
        "select rolcanlogin || ' ' || rolconnlimit from pg_roles where rolname = 'kept_there'";
    assertThat(Databases.ask(fresh, target, there)).isEqualTo("false 3");
    assertThat(lines(fresh, ROLES)).isEqualTo(lines(old, ROLES));
    assertThat(Databases.ask(fresh, "postgres", MEMBERS))
        .isEqualTo(Databases.ask(old, "postgres", MEMBERS));
    String password = "select rolpassword from pg_authid where rolname = 'kept_alice'";
    assertThat(Databases.ask(fresh, target, password))
        .startsWith("SCRAM-SHA-256")
        .isEqualTo(Databases.ask(old, source, password));
    assertThat(
            Databases.ask(
                fresh,
                target,
                "select relowner::regrole || ' ' || relacl::text from pg_class"
                    + " where oid = 'public.t'::regclass"))
        .contains("kept_bob", "kept_Team");
  }

  private static List<String> lines(PostgresServer server, String sql) throws Exception {
    return Databases.ask(server, "postgres", sql)
        .lines()
        .filter(line -> !line.startsWith("kept_there"))
        .toList();
  }

  @Test
  void passwordsAreLeftOutUnlessAskedFor() throws Exception {
    String target = fresh.createDatabase();
    try (Restore restore = restore(target, "?roles=true", "?roles=true")) {
      assertThat(restore.plan().catalogue().notCarried()).containsEntry("passwords of roles", 1L);
      try (var objects = restore.plan().catalogue().objects()) {
        assertThat(objects.map(o -> o.definition()))
            .anyMatch(d -> d.startsWith("CREATE ROLE kept_alice"))
            .noneMatch(d -> d.contains("SCRAM"));
      }
    }
    old.execute(source, "create role kept_poor login; grant select on t to kept_poor");
    String poor = old.uri(source).replaceFirst("//[^@]*@", "//kept_poor@");
    try (Restore restore =
        new Restore(poor + "?roles=true&with-secrets=true", fresh.uri(target) + "?roles=true")) {
      assertThat(restore.plan().catalogue().notCarried())
          .containsKey("passwords of roles, which only a superuser may read");
    } finally {
      old.execute(source, "drop owned by kept_poor; drop role kept_poor");
    }
  }

  @Test
  void whoMayMakeNoneIsToldBefore() {
    String target = fresh.createDatabase();
    fresh.execute(target, "drop role if exists weak; create role weak login");
    fresh.execute(target, "grant create on database " + target + " to weak");
    fresh.execute(target, "grant create on schema public to weak");
    old.execute(source, "create role new_one superuser");
    String uri = fresh.uri(target).replaceFirst("//[^@]*@", "//weak@");
    try (Restore restore =
        new Restore(old.uri(source) + "?roles=true", uri + "?roles=true&no-owner=true")) {
      assertThat(restore.obstacles())
          .anyMatch(o -> o.startsWith("user weak may not create roles, such as "));
    } finally {
      old.execute(source, "drop role new_one");
    }
  }
}
