package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that need another of which only some columns are taken. */
class ChosenColumnsTest {
  private static final String TABLES =
      "select coalesce(string_agg(relname, ',' order by relname), '') from pg_class"
          + " where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace";

  @TempDir Path folder;

  private static Database heirs() {
    Database heirs = Database.empty();
    heirs.execute(
        """
        create table people (id int primary key, name text, secret text);
        create table staff (room int) inherits (people);
        create table heads () inherits (staff);
        insert into people values (1, 'a', 'x');
        insert into staff values (2, 'b', 'y', 7);
        insert into heads values (3, 'c', 'z', 8);
        """);
    return heirs;
  }

  @Test
  void anHeirOfATableWithOtherColumnsIsRefused() throws Exception {
    Database source = heirs();
    Database copy = Database.empty();
    refused(
        copy,
        "public.staff needs table public.people",
        "migrate",
        source.uri(),
        copy.uri(),
        "--columns",
        "people=id,name");
    refused(
        copy,
        "public.heads needs table public.staff",
        "migrate",
        "--dry-run",
        source.uri(),
        copy.uri(),
        "--columns",
        "staff=id,name");
    Path file = folder.resolve("mapping.toml");
    Files.writeString(file, "[datasets.people.fields]\nname = { name = \"called\" }\n");
    refused(
        copy,
        "needs table public.people",
        "migrate",
        source.uri(),
        copy.uri(),
        "--mapping",
        "" + file);
  }

  @Test
  void aBackupOfSomeColumnsIsRestoredAsTheseAlone() {
    Database source = Database.empty();
    Database copy = Database.empty();
    source.execute(
        """
        create table plain (id int primary key, name text, secret text not null);
        insert into plain values (1, 'a', 'x'), (2, 'b', 'y');
        create table split (id int, part int, secret text not null) partition by list (part);
        create table split_1 partition of split for values in (1);
        insert into split values (1, 1, 'x');
        create table whole (id int primary key, word text default 'd');
        insert into whole values (1, 'w');
        create view words as select word from whole;
        """);
    String vault = folder.resolve("vault").toString();
    Invocation backup =
        Invocation.of(
            "backup",
            "--init",
            source.uri(),
            vault,
            "--columns",
            "plain=id,name",
            "--columns",
            "split=id,part");
    assertThat(backup.status()).as(backup.err()).isZero();
    Invocation restored = Invocation.of("restore", vault, copy.uri(), "--verify");
    assertThat(restored.err()).contains("verified: the same as the snapshot in 3 datasets");
    assertThat(restored.status()).isZero();
    assertThat(
            copy.ask(
                "select string_agg(attrelid::regclass || '.' || attname, ' ' order by attrelid,"
                    + " attnum) from pg_attribute where attnum > 0 and attrelid in"
                    + " ('plain'::regclass, 'split_1'::regclass)"))
        .contains("plain.id", "plain.name", "split_1.id", "split_1.part")
        .doesNotContain("secret");
    assertThat(copy.ask("select word from words")).isEqualTo("w");
  }

  @Test
  void chosenColumnsOfHeirsMakeTablesOfTheirOwn() {
    Database source = heirs();
    Database copy = Database.empty();
    String[] asked = {
      "migrate",
      "--dry-run",
      source.uri(),
      copy.uri(),
      "--columns",
      "people=id,name",
      "--columns",
      "staff=id,name,secret,room",
      "--columns",
      "heads=id"
    };
    assertThat(Invocation.of(asked).err()).contains("nothing was written", "inheritance (2)");
    asked[1] = "--verify";
    Invocation done = Invocation.of(asked);
    assertThat(done.err()).contains("3 datasets, 3 rows").contains("inheritance (2)");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select count(*) from people")).isEqualTo("1");
    assertThat(copy.ask("select secret from staff")).isEqualTo("y");
  }

  /** Each needs what cannot be made without all of table {@code a}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create table c (n int default f(null))      | public.c needs function public.f(public.a)
          create table c (n int check (f(null) = n))  | public.c needs function public.f(public.a)
          create table c (n int default nextval('a_id_seq')) | public.c needs sequence public.a_id_seq
          create domain d as int check (f(null) = value); create table c (n d) | public.c needs type public.d
          create table c (r a, n int)                 | public.c needs table public.a
          """)
  void aTableThatNeedsOneWithOtherColumnsIsRefused(String table, String message) {
    Database source = needed();
    source.execute(table);
    Database copy = Database.empty();
    refused(copy, message, "migrate", source.uri(), copy.uri(), "--columns", "a=id");
  }

  private static Database needed() {
    Database source = Database.empty();
    source.execute(
        "create table a (id serial, x text); create function f(a) returns int language sql"
            + " immutable as 'select 1'");
    return source;
  }

  @ParameterizedTest
  @CsvSource({"a", "a[]", "d"})
  void itsTypeIsMissedInColumnsThatAreChosen(String type) {
    Database source = needed();
    source.execute(
        "create domain d as int check (f(null) = value); create table c (r " + type + ", n int)");
    source.execute("insert into c (n) values (5)");
    Database copy = Database.empty();
    String[] chosen = {
      "migrate", source.uri(), copy.uri(), "--columns", "a=id", "--columns", "c=r"
    };
    refused(copy, "column r of ", chosen);
    chosen[6] = "c=n";
    Invocation done = Invocation.of(chosen);
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(copy.ask("select n from c")).isEqualTo("5");
  }

  private static void refused(Database copy, String message, String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.err()).contains(message);
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.status()).isEqualTo(2);
    assertThat(copy.ask(TABLES)).isEmpty();
  }
}
