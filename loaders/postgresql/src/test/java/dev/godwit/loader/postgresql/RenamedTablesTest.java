package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What asks a table that gets another name, and spells its columns with the old one. */
class RenamedTablesTest {

  @Test
  void oldServersSpellATableBeforeEveryColumn() throws Exception {
    try (PostgresServer server = PostgresServer.start("14", Map.of())) {
      carriesWhatAsksARenamedTable(server);
    }
  }

  @Test
  void newServersSpellItWhereThereAreSeveral() throws Exception {
    carriesWhatAsksARenamedTable(PostgresServer.shared());
  }

  private static void carriesWhatAsksARenamedTable(PostgresServer server) throws Exception {
    String source = server.createDatabase();
    Databases.run(
        server,
        source,
        """
        create table people (id int primary key, name text, boss int references people);
        insert into people values (1, 'a', null), (2, 'b', 1), (3, 'c', 1);
        create table marks (id int references people, mark int);
        insert into marks values (2, 20), (3, 30);
        create view alone as select people.id, people.name from people where people.id > 1;
        create view joined as select people.name, marks.mark from people join marks using (id);
        create view listed as select people.name, marks.mark from people, marks
          where people.id = marks.id and exists (select from people p where p.id = people.boss);
        create view aliased as select p.name, b.name as boss from people p join people b on b.id = p.boss;
        create view whole as select people from people;
        create materialized view counted as select people.boss, count(*) from only people group by people.boss;
        create function bosses() returns bigint language sql
          begin atomic select count(people.boss) from people where people.boss is not null; end;
        create rule added as on insert to alone do instead
          insert into people values (new.id, new.name) returning people.id, people.name;
        create rule changed as on update to alone do instead
          update people set name = new.name where people.id = old.id;
        create rule removed as on delete to alone do instead delete from people where people.id = old.id;
        create policy own on people using (exists (
          select from marks join people p on p.id = marks.id where marks.id = people.id and people.boss = 1));
        """);
    String target = server.createDatabase();
    try (Restore restore =
        new Restore(server.uri(source), server.uri(target)).renaming("people", "persons")) {
      restore.all();
    }
    for (String asked :
        List.of("alone", "joined", "listed", "aliased", "whole", "counted", "bosses()")) {
      String all = "select string_agg(x::text, ' ' order by x::text) from public." + asked + " x";
      assertThat(Databases.ask(server, target, all))
          .as(asked)
          .isEqualTo(Databases.ask(server, source, all));
    }
    server.execute(target, "insert into alone values (4, 'd')");
    server.execute(target, "update alone set name = 'e' where id = 2");
    server.execute(target, "delete from alone where id = 3 and false");
    assertThat(
            Databases.ask(
                server, target, "select string_agg(name, ' ' order by id) from public.persons"))
        .isEqualTo("a e c d");
    assertThat(Databases.ask(server, target, "select qual from pg_policies"))
        .contains("persons.boss");
  }
}
