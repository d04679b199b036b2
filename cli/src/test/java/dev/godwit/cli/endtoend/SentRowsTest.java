package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two PostgreSQL databases are held against each other by the bytes in which they send rows. */
class SentRowsTest {
  private static Database a;
  private static Database b;

  @BeforeAll
  static void begin() {
    a = Database.empty();
    b = Database.empty();
  }

  private static void both(String sql) {
    a.execute(sql);
    b.execute(sql);
  }

  private static Invocation compare() {
    return Invocation.of("compare", a.uri(), b.uri(), "--include", "public.t");
  }

  /** Whatever the key: the rows that differ are found where they differ, and no others. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      quoteCharacter = '"',
      value = {
        "int ~ i",
        "bigint ~ i * 1000000007::bigint",
        "smallint ~ i",
        "text ~ 'key ' || i",
        "char(9) ~ i::text",
        "uuid ~ md5(i::text)::uuid",
        "bytea ~ decode(md5(i::text), 'hex')",
        "numeric(12,2) ~ i / 100.0",
        "numeric ~ i / 7.0",
        "float8 ~ i / 7.0",
        "bool, n int ~ i % 2 = 0, i",
        "date ~ date '1999-12-01' + i",
        "timestamptz ~ timestamptz '1999-12-31 23:00Z' + i * interval '77.123456 s'",
        "timestamp ~ case i when 7 then 'infinity' else timestamp '2020-01-01' + i * interval '1 h' end",
        "time ~ time '00:00' + i * interval '10 s'",
        "interval ~ i * interval '1 month 3 days'",
        "inet ~ '10.0.0.0'::inet + i",
        "int4range ~ int4range(i, i + 5)",
        "int[] ~ array[i, null]",
        "jsonb ~ to_jsonb(i)",
        "oid ~ i::oid",
        "mood, n int ~ case when i % 2 = 0 then 'glad' else 'sad' end::mood, i",
        "place ~ row(i, 'here')::place"
      })
  void rowsThatDifferAreFoundByKeysOfAnyType(String type, String value) {
    both(
        """
        drop table if exists t;
        drop type if exists mood, place;
        create type mood as enum ('glad', 'sad');
        create type place as (x int, name text);
        """);
    boolean two = type.contains(", n ");
    String table =
        "create table t (other text, k "
            + type
            + ", price numeric(9,2), primary key (k"
            + (two ? ", n" : "")
            + "));";
    both(
        table
            + "insert into t select 'row ' || i, "
            + value
            + ", i * 1.5 from generate_series(1, 3000) i");
    assertThat(compare().status()).isZero();
    b.execute("update t set price = -1 where other in ('row 11', 'row 2011')");
    b.execute("update t set other = null where other = 'row 300'");
    b.execute("delete from t where other = 'row 1500'");
    a.execute("delete from t where other = 'row 7'");
    Invocation done = compare();
    assertThat(done.out()).contains("different: 3 rows changed, 1 only in A, 1 only in B");
    assertThat(done.status()).isEqualTo(4);
  }

  @Test
  void rowsWithoutAKeyAreCounted() {
    both("drop table if exists t; create table t (n int, name text)");
    both("insert into t select i / 2, 'name ' || i / 2 from generate_series(1, 5000) i");
    both("analyze t"); // few buckets, some of which hold rows that differ either way
    assertThat(compare().status()).isZero();
    b.execute(
        "insert into t values (1, 'name 1'), (1, 'name 1'); delete from t where n between 101 and 130");
    Invocation done = compare();
    assertThat(done.out()).contains("different: 60 only in A, 2 only in B");
    assertThat(done.status()).isEqualTo(4);
  }

  /** 1.0 and 1.00 are sent in different bytes. */
  @Test
  void rowsThatAreSentInOtherBytesAreTheSame() {
    both("drop table if exists t; create table t (id int primary key, price numeric)");
    a.execute("insert into t select i, (i || '.0')::numeric from generate_series(1, 5000) i");
    b.execute("insert into t select i, (i || '.00')::numeric from generate_series(1, 5000) i");
    assertThat(compare().out()).contains("the same: 1 dataset, 5,000 rows");
    b.execute("update t set price = price * 1.0 where id < 20");
    a.execute("update t set price = (id || '.00')::numeric where id >= 20");
    assertThat(compare().out()).as("a few of them").contains("the same: 1 dataset, 5,000 rows");
    b.execute("update t set price = price + 0.001 where id = 4000");
    assertThat(compare().out()).contains("different: 1 row changed");
  }

  @Test
  void columnsInAnotherOrderAndOfOtherTypesAreComparedAsEver() {
    a.execute("drop table if exists t; create table t (id int primary key, x int, y text)");
    b.execute(
        "drop table if exists t; create table t (y text, x int, gone int, id int primary key)");
    b.execute("alter table t drop column gone");
    both("insert into t (id, x, y) select i, i % 7, 'y' || i from generate_series(1, 2000) i");
    assertThat(compare().out()).contains("the same: 1 dataset, 2,000 rows");
    b.execute("alter table t alter x type bigint");
    assertThat(compare().out()).contains("the same: 1 dataset, 2,000 rows");
    b.execute("update t set x = 9 where id = 5");
    assertThat(compare().out())
        .contains("different: 1 row changed")
        .contains("x is 5 in A, 9 in B");
  }

  @Test
  void rowsOfManyMegabytesAreCompared() {
    both("drop table if exists t; create table t (id int primary key, a text, b bytea)");
    both(
        """
        insert into t select i, repeat('abcdefgh', 1200000 * (i % 2)), null
          from generate_series(1, 4) i;
        insert into t values (5, repeat('x', 5000000), decode(repeat('00', 9000000), 'hex'));
        """);
    assertThat(compare().status()).isZero();
    b.execute("update t set a = overlay(a placing 'X' from 9000000 for 1) where id = 3");
    assertThat(compare().out()).contains("different: 1 row changed").contains("differs: id 3");
  }

  /** Such a row comes as a stream, so that its bytes lie nowhere together. */
  @ParameterizedTest
  @CsvSource({", primary key (id)", "''"})
  void rowsTooLongForMemoryAreCompared(String key) {
    both("drop table if exists t; create table t (id int, a text" + (key == null ? "" : key) + ")");
    both(
        """
        insert into t select i, repeat('abcdefgh', 2500000) || i from generate_series(1, 2) i;
        insert into t values (3, 'short');
        """);
    assertThat(compare().out()).contains("the same: 1 dataset, 3 rows");
    b.execute("update t set a = left(a, 20000000) || 3 - id where id < 3");
    Invocation done = compare();
    assertThat(done.out()).as("each has the other's").contains("different: 2 ");
    assertThat(done.status()).isEqualTo(4);
  }
}
