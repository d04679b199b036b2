package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns whose type is another in the target: exact, or refused by name. */
class OtherTargetTest {
  private static RoundTrip trip;

  @BeforeAll
  static void begin() {
    trip = new RoundTrip();
    trip.execute("create type mood as enum ('ok')");
  }

  @AfterAll
  static void end() {
    trip.close();
  }

  private static void tables(String from, String value, String to) {
    trip.execute("drop table if exists t; create table t (v " + from + ")");
    trip.execute("insert into t values ('" + value + "'), (null)");
    trip.execute("drop table if exists back; create table back (v " + to + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int2 | -5 | int4",
        "int4 | 5 | int8",
        "int8 | 5 | int2",
        "int8 | 9223372036854775807 | numeric",
        "int4 | 7 | oid",
        "float4 | 0.5 | float8",
        "numeric(10,2) | 1.25 | numeric(12,3)",
        "numeric(10,2) | NaN | numeric",
        "numeric | 1.250 | numeric(10,3)",
        "varchar(3) | abc | text",
        "text | 42 | int4",
        "text | {1,2} | int4[]",
        "json | {} | jsonb",
        "mood | ok | text",
        "text | ok | mood",
        "timestamp | 2020-01-01 00:00:00.5 | text",
        "int4[] | {{1},{2}} | int8[]",
        "timestamp(3)[] | {2020-01-01 00:00:00.5} | timestamp(3)[]",
      })
  void keepsTheValue(String from, String value, String to) {
    for (RowEncoder.Format format : RowEncoder.Format.values()) {
      tables(from, value, to);
      trip.copy("t", "back", format);
      assertThat(trip.query("select count(*) from back")).isEqualTo("2");
      assertThat(trip.query("select v = '" + value + "'::" + to + " from back where v is not null"))
          .as(from + " into " + to + ", " + format)
          .isNotEqualTo("f");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int8 | 5000000000 | int4 | 5000000000",
        "numeric(10,2) | 1.25 | numeric(10,1) | numeric(10,2)",
        "timestamp | 2020-01-01 00:00:00.5 | timestamp(0) | rounded",
        "timestamp | 2020-01-01 | timestamptz | timestamp",
        "numeric | 1.25 | numeric(10,1) | digits after the point",
        "text | 125e-2 | numeric(10,1) | digits after the point",
        "numeric | 1250 | numeric(2,-3) | rounded",
        "timestamp[] | {2020-01-01 00:00:00.5} | timestamp(0)[] | rounded",
        "numeric[] | {1250} | numeric(2,-3)[] | rounded",
        "int4 | 1 | bool | integer",
        "float8 | 0.1 | float4 | double",
        "text | x | int4 | x",
      })
  void refusesByName(String from, String value, String to, String message) {
    tables(from, value, to);
    assertThatThrownBy(() -> trip.copy("t", "back", RowEncoder.Format.BINARY))
        .hasMessageContaining("column 'v' (")
        .hasMessageContaining(message);
    if (!from.equals("text")) { // there the server reads the text, and refuses it itself
      assertThatThrownBy(() -> trip.copy("t", "back", RowEncoder.Format.TEXT))
          .hasMessageContaining("column 'v' (")
          .hasMessageContaining(message);
    }
    assertThat(trip.query("select count(*) from back")).isEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource(RowEncoder.Format.class)
  void tablesWithoutColumns(RowEncoder.Format format) {
    trip.execute("drop table if exists t; create table t (); insert into t default values");
    trip.execute("drop table if exists back; create table back ()");
    trip.copy("t", "back", format);
    assertThat(trip.query("select count(*) from back")).isEqualTo("1");
  }
}
