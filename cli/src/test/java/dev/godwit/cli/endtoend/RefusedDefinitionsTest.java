package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that a target refuses, and those that hang on what was not chosen. */
class RefusedDefinitionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static JsonNode end(Invocation done) throws Exception {
    List<String> lines = done.out().lines().toList();
    return JSON.readTree(lines.get(lines.size() - 1));
  }

  private static Database refusing() {
    Database target = Database.empty();
    target.execute(
        """
        create schema refusing;
        create function refusing.refuse() returns event_trigger language plpgsql as $$
        begin
          if exists (select from pg_event_trigger_ddl_commands()
                     where object_identity like '%bad%' and command_tag = 'CREATE VIEW') then
            raise exception 'nobody makes it';
          end if;
        end $$;
        create event trigger refusing on ddl_command_end execute function refusing.refuse();
        """);
    return target;
  }

  @Test
  void areListedAndMadeByALaterRun() throws Exception {
    Database shop = Database.withShop();
    shop.execute(
        "create view bad as select id from orders; create view worse as select * from bad");
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "--init", shop.uri(), vault).status()).isZero();
    Database target = refusing();
    Invocation stopped = Invocation.of("restore", vault, target.uri());
    assertThat(stopped.status()).isEqualTo(1);
    assertThat(stopped.err())
        .contains("cannot make view", "nobody makes it", "in view:public.bad: CREATE VIEW");

    Database other = refusing();
    Invocation done = Invocation.of("restore", "--keep-going", vault, other.uri());
    assertThat(done.err())
        .contains("refused by the target: 1 definition; left out because of that: ")
        .contains("view:public.bad: nobody makes it", "CREATE VIEW public.bad")
        .contains("view:public.worse")
        .contains("--resume");
    assertThat(done.status()).isEqualTo(3);
    assertThat(other.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));

    Invocation again =
        Invocation.of("restore", "--json", "--keep-going", "--resume", vault, other.uri());
    assertThat(again.status()).isEqualTo(3);
    JsonNode first = end(again).get("not_made").get(0);
    assertThat(first.get("object").asText()).isEqualTo("view:public.bad");
    assertThat(first.get("definition").asText()).startsWith("CREATE VIEW public.bad");
    assertThat(end(again).get("not_made").get(1).get("because_of").asText())
        .isEqualTo("view:public.bad");

    other.execute("drop event trigger refusing; drop schema refusing cascade");
    assertThat(Invocation.of("restore", "--keep-going", "--resume", vault, other.uri()).status())
        .isZero();
    assertThat(other.ask("select count(*) from worse")).isEqualTo("3002");
    assertThat(other.ask("select to_regnamespace('_godwit')")).isNull();
  }

  @Test
  void aMigrationLeavesNothingToGoOnWith() {
    Database shop = Database.withShop();
    shop.execute("create view bad as select id from orders");
    Database target = refusing();
    Invocation done = Invocation.of("migrate", "--keep-going", shop.uri(), target.uri());
    assertThat(done.err()).contains("view:public.bad: nobody makes it").doesNotContain("--resume");
    assertThat(done.status()).isEqualTo(3);
    assertThat(target.ask("select to_regnamespace('_godwit')")).isNull();
  }

  @Test
  void aStoreWithoutDefinitionsIsNoPlaceForIt() {
    Invocation done =
        Invocation.of("migrate", "--keep-going", Database.withShop().uri(), "redis://127.0.0.1:1");
    assertThat(done.status()).isEqualTo(2);
    assertThat(done.err()).contains("redis://").contains("--keep-going");
  }

  @Test
  void aPartSaysWhatItLeavesOut() throws Exception {
    Database shop = Database.withShop();
    shop.execute(
        """
        create schema app;
        create type app.mood as enum ('sad', 'happy');
        create sequence app.tickets;
        create function app.fine(app.mood) returns boolean immutable language sql
          as 'select true';
        create function app.noted() returns trigger language plpgsql
          as 'begin return new; end';
        create table notes (id int primary key, ticket bigint default nextval('app.tickets'),
          mood app.mood check (app.fine(mood)), customer int references customers);
        insert into notes values (1, nextval('app.tickets'), 'sad', 1);
        create trigger noted before insert on notes for each row execute function app.noted();
        create policy kept on notes using (id > 0);
        create view sad_notes as select * from notes where mood = 'sad';
        create view sadder as select * from sad_notes;
        create publication told for table notes;
        """);
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "--init", shop.uri(), vault).status()).isZero();
    Database target = Database.empty();
    Invocation done = Invocation.of("restore", vault, target.uri(), "--include", "notes");
    assertThat(done.status()).isZero();
    assertThat(done.err())
        .contains("left out with what was not chosen: view (2): ")
        .contains("sad_notes", "sadder")
        .contains("left out with what was not chosen: foreign key (1): ")
        .contains("notes_customer_fkey")
        .contains("left out with what was not chosen: publication (1): ");
    assertThat(
            target.ask(
                "select concat_ws(' ', (select count(*) from notes), nextval('app.tickets'),"
                    + " (select count(*) from pg_trigger where tgname = 'noted'),"
                    + " (select count(*) from pg_policy), app.fine('sad'))"))
        .isEqualTo("1 2 1 1 t");
    Invocation part =
        Invocation.of("backup", "--init", "--include", "notes", shop.uri(), vault + "-2");
    assertThat(part.status()).isZero();
    assertThat(part.err())
        .contains("left out with what was not chosen: view (2): ")
        .contains("left out with what was not chosen: publication (1): ");
    Database second = Database.empty();
    JsonNode left =
        end(Invocation.of("restore", "--json", vault, second.uri(), "--include", "notes"))
            .get("not_chosen");
    assertThat(left).hasSize(3);
    assertThat(left.get(2).get("kind").asText()).isEqualTo("view");
    assertThat(left.get(2).get("count").asLong()).isEqualTo(2);
  }
}
