package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of a database goes without nothing that it does not tell of. */
class PartOfDatabaseTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static PostgresServer server;
  @TempDir private Path folder;
  private Database shop;
  private String vault;

  @BeforeAll
  static void start() {
    server = PostgresServer.start("15", Map.of());
    server.execute("postgres", "create role keeper; create role clerk");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void fill() {
    shop = new Database(server, server.createDatabase());
    shop.execute(
        """
        create schema app;
        create type app.mood as enum ('sad', 'happy');
        create type app.spare as enum ('never');
        create sequence app.tickets;
        create function app.fine(app.mood) returns boolean immutable language sql
          as 'select true';
        create function app.lonely() returns int language sql as 'select 1';
        create function app.watched() returns event_trigger language plpgsql as 'begin end';
        alter type app.mood owner to keeper;
        alter sequence app.tickets owner to keeper;
        grant execute on function app.fine(app.mood) to clerk;
        revoke execute on function app.fine(app.mood) from public;
        grant usage on schema app to clerk;
        comment on type app.mood is 'how one is';
        comment on schema app is 'the app';
        create table customers (id int primary key);
        create table notes (id int primary key, ticket bigint default nextval('app.tickets'),
          mood app.mood check (app.fine(mood)), customer int references customers);
        insert into customers values (1);
        insert into notes values (1, nextval('app.tickets'), 'sad', 1);
        create view sad_notes as select * from notes where mood = 'sad';
        create view all_customers as select * from customers;
        create materialized view kept_customers as select * from customers;
        create publication everything for all tables;
        create event trigger watch on ddl_command_start execute function app.watched();
        alter default privileges in schema app grant select on tables to clerk;
        select lo_from_bytea(70001, 'one'), lo_from_bytea(70002, 'two');
        do $$ begin
          execute format('alter database %I set work_mem = ''5MB''', current_database());
          execute format('comment on database %I is ''the shop''', current_database());
          execute format('grant connect on database %I to clerk', current_database());
        end $$
        """);
    vault = folder.resolve("vault").toString();
    Invocation backup = Invocation.of("backup", "--init", shop.uri(), vault);
    assertThat(backup.status()).as(backup.err()).isZero();
  }

  private static JsonNode end(Invocation done) throws Exception {
    assertThat(done.status()).as(done.err()).isZero();
    List<String> lines = done.out().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1));
  }

  /** Each kind with its count and names, without the name of the database. */
  private Map<String, String> told(Invocation done) throws Exception {
    Map<String, String> told = new TreeMap<>();
    for (JsonNode kind : end(done).get("not_chosen")) {
      List<String> names = new ArrayList<>();
      kind.get("first").forEach(name -> names.add(name.asText().replace(shop.name() + ".", "")));
      names.sort(null);
      told.put(kind.get("kind").asText(), kind.get("count") + " " + names);
    }
    return told;
  }

  private static final Map<String, String> WITHOUT_CUSTOMERS =
      Map.ofEntries(
          Map.entry("database comment", "1 [comment]"),
          Map.entry("database privileges", "1 [privileges]"),
          Map.entry(
              "default privileges",
              "1 [\"default privileges\".\"FOR ROLE postgres IN SCHEMA app ON TABLES\"]"),
          Map.entry("event trigger", "1 [watch]"),
          Map.entry("foreign key", "1 [public.notes.notes_customer_fkey]"),
          Map.entry("function", "2 [app.lonely(), app.watched()]"),
          Map.entry("large objects", "2 [pg_catalog.pg_largeobject]"),
          Map.entry("materialized view", "1 [public.kept_customers]"),
          Map.entry("publication", "1 [everything]"),
          Map.entry("setting", "1 [setting.\"database work_mem\"]"),
          Map.entry("type", "1 [app.spare]"),
          Map.entry("view", "2 [public.all_customers, public.sad_notes]"));

  private static final String SAID =
      """
      select concat_ws(' ',
        (select pg_get_userbyid(typowner) from pg_type where oid = 'app.mood'::regtype),
        (select pg_get_userbyid(relowner) from pg_class where oid = 'app.tickets'::regclass),
        (select proacl from pg_proc where oid = 'app.fine(app.mood)'::regprocedure),
        (select nspacl from pg_namespace where nspname = 'app'),
        obj_description('app.mood'::regtype, 'pg_type'),
        obj_description('app'::regnamespace, 'pg_namespace'))
      """;

  @Test
  void chosenFromAVault() throws Exception {
    Database target = new Database(server, server.createDatabase());
    Invocation done = Invocation.of("restore", "--json", vault, target.uri(), "--include", "notes");
    assertThat(told(done)).isEqualTo(WITHOUT_CUSTOMERS);
    assertThat(target.ask(SAID)).isEqualTo(shop.ask(SAID)).contains("keeper keeper", "the app");
    Database other = new Database(server, server.createDatabase());
    Invocation seen = Invocation.of("restore", vault, other.uri(), "--include", "notes");
    assertThat(seen.err())
        .contains("left out with what was not chosen: large objects (2): ")
        .contains("pg_catalog.pg_largeobject")
        .contains("left out with what was not chosen: setting (1): ");
  }

  @Test
  void chosenFromAStore() throws Exception {
    Database target = new Database(server, server.createDatabase());
    Invocation done =
        Invocation.of("migrate", "--json", shop.uri(), target.uri(), "--include", "notes");
    assertThat(told(done)).isEqualTo(WITHOUT_CUSTOMERS);
    assertThat(target.ask(SAID)).isEqualTo(shop.ask(SAID));
  }

  private static final Map<String, String> LEFT_WITH_CUSTOMERS =
      Map.of(
          "foreign key", "1 [public.notes.notes_customer_fkey]",
          "materialized view", "1 [public.kept_customers]",
          "table", "1 [public.customers]",
          "view", "1 [public.all_customers]");

  private static final String REST =
      """
      select concat_ws(' ', app.lonely(), (select count(*) from sad_notes),
        (select count(*) from pg_publication), (select count(*) from pg_event_trigger),
        (select count(*) from pg_default_acl),
        (select string_agg(oid::text, ',' order by oid) from pg_largeobject_metadata),
        (select setconfig from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
          where d.datname = current_database()),
        (select shobj_description(oid, 'pg_database') || datacl::text from pg_database
          where datname = current_database()))
      """;

  @Test
  void allButSomeFromAVault() throws Exception {
    Database target = new Database(server, server.createDatabase());
    Invocation done =
        Invocation.of("restore", "--json", vault, target.uri(), "--exclude", "customers");
    assertThat(told(done)).isEqualTo(LEFT_WITH_CUSTOMERS);
    assertThat(target.ask(REST)).isEqualTo(shop.ask(REST)).contains("70001", "5MB", "the shop");
    assertThat(target.ask(SAID)).isEqualTo(shop.ask(SAID));
  }

  @Test
  void allButSomeFromAStore() throws Exception {
    Database target = new Database(server, server.createDatabase());
    Invocation done =
        Invocation.of("migrate", "--json", shop.uri(), target.uri(), "--exclude", "customers");
    assertThat(told(done)).isEqualTo(LEFT_WITH_CUSTOMERS);
    assertThat(target.ask(REST)).isEqualTo(shop.ask(REST));
    assertThat(target.ask(SAID)).isEqualTo(shop.ask(SAID));
  }

  @Test
  void allButSomeThatABackupHadLeftOut() throws Exception {
    String part = folder.resolve("part").toString();
    assertThat(
            Invocation.of("backup", "--init", shop.uri(), part, "--exclude", "customers").status())
        .isZero();
    Database target = new Database(server, server.createDatabase());
    Invocation restore = Invocation.of("restore", "--verify", part, target.uri());
    assertThat(restore.status()).as(restore.err()).isZero();
    assertThat(target.ask(REST)).isEqualTo(shop.ask(REST));
  }

  @Test
  void besideOthersLeavesWhatIsThereAsItIs() {
    Database target = new Database(server, server.createDatabase());
    target.execute(
        """
        create schema app;
        comment on schema app is 'of others';
        create type app.mood as enum ('sad', 'happy');
        create table mine (m app.mood);
        """);
    Invocation done = Invocation.of("restore", vault, target.uri(), "--include", "notes");
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.err())
        .contains("schema app was there already and is used as it was")
        .contains("type app.mood was there already and is used as it was");
    assertThat(
            target.ask(
                """
                select concat_ws(' ', pg_get_userbyid(t.typowner), n.nspacl is null,
                  obj_description(n.oid, 'pg_namespace'), obj_description(t.oid, 'pg_type') is null,
                  (select pg_get_userbyid(relowner) from pg_class
                    where oid = 'app.tickets'::regclass))
                from pg_type t join pg_namespace n on n.oid = t.typnamespace
                where t.oid = 'app.mood'::regtype
                """))
        .isEqualTo("postgres t of others t keeper");
  }
}
