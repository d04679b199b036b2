package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every common type with its extremes goes out and comes back, in both formats. */
class CommonTypesTest {
  private static RoundTrip trip;

  @BeforeAll
  static void begin() {
    trip = new RoundTrip();
  }

  @AfterAll
  static void end() {
    trip.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bool | true, false",
        "int2 | '-32768', 0, 32767",
        "int4 | '-2147483648', 0, 2147483647",
        "int8 | '-9223372036854775808', 0, 9223372036854775807",
        "oid | 0, 1, '4294967295'",
        "xid | '0', '4294967295'",
        "cid | '0', '4294967295'",
        "xid8 | '0', '18446744073709551615'",
        "float4 | 'NaN', 'Infinity', '-Infinity', '-0', 0, 1e-45, 3.4028235e38, 0.1, 16777217",
        "float8 | 'NaN', 'Infinity', '-Infinity', '-0', 0, 5e-324, 1.7976931348623157e308, 0.1,"
            + " 123456789012345680000, 1e15, 1e22, 2.2250738585072014e-308, 0.30000000000000004",
        "numeric(10,2) | 0, 0.01, -0.01, 99999999.99, -99999999.99, 'NaN', 10000, 1234.5",
        "numeric(5,5) | 0, 0.00001, -0.99999, 0.12345",
        "numeric(18) | 999999999999999999, -999999999999999999, 'NaN'",
        "numeric(19,4) | 999999999999999.9999, -999999999999999.9999, 0.0001",
        "numeric(38,19) | 9999999999999999999.9999999999999999999, 0.0000000000000000001, -1",
        "numeric(76,0) | 1e75, -1e75, 5",
        "numeric(76,40) | 123456789012345678901234567890123456.5, -1e-40",
        "numeric(77,0) | 1e76, -1e76",
        "numeric(2,-3) | 99000, -1000, 0",
        "numeric(3,5) | 0.00999, -0.00001",
        "numeric | 0, 0.00, 1.50, -1.500, 1e-16383, 1e131071, 'NaN', 'Infinity', '-Infinity',"
            + " 10000, 0.0001, 12345678901234567890.12345678901234567890, 100000000",
        "date | '4713-01-01 BC', '0001-12-31 BC', '0001-01-01', '1970-01-01', '2000-02-29',"
            + " '5874897-12-31', 'infinity', '-infinity'",
        "time | '00:00', '23:59:59.999999', '24:00:00', '12:34:56.7'",
        "time(3) | '23:59:59.999'",
        "timestamp | '4714-11-24 00:00:00 BC', '0001-01-01', '1969-12-31 23:59:59.999999',"
            + " '294276-12-31 23:59:59.999999', '294200-01-01', 'infinity', '-infinity',"
            + " '10000-01-01 01:02:03.4', '0044-03-15 12:00 BC'",
        "timestamptz | '4714-11-24 00:00:00+00 BC', '0001-01-01+00', '294276-12-31 23:59:59.9+00',"
            + " 'infinity', '-infinity', '2026-03-08 02:30:00+00', '294250-06-07 08:09:10+00'",
        "interval | '0', '1 year 2 mons 3 days 04:05:06.789', '-1 year -2 days +03:04:05',"
            + " '178956970 years 7 mons', '-178956970 years -8 mons', '2562047788:00:54.775807',"
            + " '-2562047788:00:54.775807', '2147483647 days', 'infinity', '-infinity',"
            + " '2562047:47:16.854776', '1 mon -1 days', '3 days -2562047788:00:00.000001'",
        "uuid | '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-fffffffffffe'",
        "text | '', 'a', E'tab\\tnl\\nret\\rback\\\\ \\\\. \\\\N', 'żółw 🐢', repeat('x', 100000)",
        "varchar(5) | '', 'abc  ', 'żółwi'",
        "bpchar | '', 'a  '",
        "char(5) | '', 'a', 'abcde', ' b'",
        "name | '', 'somebody', repeat('n', 63)",
        "\"char\" | '', 'a', '\\200', '\\377', '\\001'",
        "json | '{\"a\" : 1, \"a\":2 }', '  [1,  2]', '\"\\u00e9\"', '1.0', 'null'",
        "jsonb | '{\"a\":1}', '12345678901234567890.50', '[]', '\"\\\\\\\\\"', 'null'",
        "bytea | '', '\\x00', '\\xdeadbeef5c0a09'",
      })
  void comesBack(String type, String values) {
    trip.execute("drop table if exists t; create table t (n int, v " + type + ")");
    trip.execute("insert into t values (1, null)");
    trip.execute("insert into t select 2, unnest(array[" + values + "]::" + type + "[])");
    trip.execute("insert into t values (3, null)");
    trip.check("t");
    trip.execute("alter table t alter v type " + type + "[] using array[v, v, null]");
    trip.check("t");
  }

  @Test
  void floatsKeepTheirBits() {
    trip.execute("create table f (n int, a float4, b float8)");
    trip.execute(
        "insert into f values (1, '-0', '-0'), (2, 1e-45, 5e-324), (3, 'NaN', 'NaN'),"
            + " (4, 0.1, 0.1), (5, 1.17549435e-38, 2.2250738585072014e-308)");
    String bits = "select string_agg(float4send(a)::text || float8send(b), ',' order by n) from ";
    String before = trip.query(bits + "f");
    trip.check("f", RowEncoder.Format.BINARY);
    assertThat(trip.query(bits + "back")).isEqualTo(before);
    trip.check("f", RowEncoder.Format.TEXT);
    assertThat(trip.query(bits + "back")).isEqualTo(before);
  }
}
