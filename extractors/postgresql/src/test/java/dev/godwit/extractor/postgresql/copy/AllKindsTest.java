package dev.godwit.extractor.postgresql.copy;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of every kind of type, alone, in arrays and in composites, go out and come back. */
class AllKindsTest {
  private static RoundTrip trip;

  @BeforeAll
  static void begin() {
    trip = new RoundTrip();
    trip.execute("create schema \"Odd.Schema\"; create extension hstore; create extension citext");
    trip.execute("create type mood as enum ('sad', 'ok', 'very \"happy\", yes')");
    trip.execute("create domain price as numeric(10,2) check (value >= 0)");
    trip.execute("create domain prices as price[]");
    trip.execute("create domain any_number as numeric");
    trip.execute("create type pair as (a int, \"b B\" text)");
    trip.execute("alter type pair add attribute gone int; alter type pair drop attribute gone");
    trip.execute("alter type pair add attribute c price");
    trip.execute("create type \"Odd.Schema\".\"Odd\" as (p pair, ps pair[], m mood, n numeric)");
    trip.execute("create type with_text as (a int, i inet)");
    trip.execute("create type span as range (subtype = float8)");
    trip.execute("create table row_type (x int, y date)");
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
        "mood | 'sad', 'very \"happy\", yes'",
        "price | 0, 99999999.99",
        "any_number | 'NaN', 1e100, 1.10",
        "pair | row(1, 'a', 2), row(null, null, null), row(1, 'q\"u\\\\o,(te) ', 0), row(1, '', 1)",
        "\"Odd.Schema\".\"Odd\" | row(row(1, 'x', 1), array[row(2, null, 3)::pair, null]::pair[],"
            + " 'ok', 1.50), row(null, '{}', null, 'NaN'), row(row(1, null, null), null, 'ok',"
            + " '-Infinity')",
        "with_text | row(1, '10.0.0.1'), row(2, '::1/64'), row(null, null)",
        "row_type | row(1, '2020-01-01'), row(2, 'infinity'), row(3, '0044-03-15 BC')",
        "span | '[1.5,2)', 'empty', '(,)'",
        "span_multirange | '{[1,2],(3,4)}', '{}'",
        "int4range | '[1,5)', 'empty', '(,3)'",
        "int8range | '[1,5)'",
        "numrange | '[1.10,5.00)'",
        "daterange | '[2020-01-01,infinity)'",
        "tsrange | '[2020-01-01 10:00,2020-01-02 11:00:00.5)'",
        "tstzrange | '[2020-01-01 10:00+00,)'",
        "nummultirange | '{[1,2),[3,4)}'",
        "inet | '10.0.0.1', '10.0.0.1/8', '::1', '2001:db8::/32'",
        "cidr | '10.0.0.0/8', '::1/128'",
        "macaddr | '08:00:2b:01:02:03'",
        "macaddr8 | '08:00:2b:01:02:03:04:05'",
        "bit(5) | '10101', '00000'",
        "varbit | '', '1', '101010101010101010101'",
        "timetz | '10:00:00+00', '24:00:00-15:59', '12:34:56.789+05:30'",
        "money | 0, '-92233720368547758.08', '92233720368547758.07'",
        "point | '(1.1,-0)', '(NaN,Infinity)'",
        "line | '{1,2,3}'",
        "lseg | '[(1,2),(3,4)]'",
        "box | '(3,4),(1,2)'",
        "path | '[(1,2),(3,4)]', '((1,2),(3,4.1))'",
        "polygon | '((1,2),(3,4),(5,6))'",
        "circle | '<(1,2),0.1>'",
        "tsvector | '''a b'':1A,3 c:2B', ''",
        "tsquery | '''a'' & !b <-> c:*', ''",
        "xml | '<a>t &amp; <b/></a>', 'text', '<?xml version=\"1.1\"?><a/>'",
        "jsonpath | '$.a[*] ? (@.b > 1)'",
        "pg_lsn | '0/0', 'FFFFFFFF/FFFFFFFF'",
        "tid | '(0,1)', '(4294967295,65535)'",
        "txid_snapshot | '10:20:10,14,15'",
        "pg_snapshot | '10:20:10,14,15'",
        "int2vector | '1 2 3'",
        "oidvector | '1 2 3'",
        "regclass | 'pg_class', 'row_type', 0",
        "regtype | 'int4', '\"Odd.Schema\".\"Odd\"'",
        "regproc | 'now'",
        "regrole | 'postgres'",
        "regnamespace | '\"Odd.Schema\"'",
        "refcursor | 'c'",
        "aclitem | 'postgres=r/postgres'",
        "hstore | 'a=>1, \"b c\"=>NULL', ''",
        "citext | 'Abc', ''",
      })
  void comesBack(String type, String values) {
    trip.execute("drop table if exists t; create table t (n int, v " + type + ")");
    trip.execute("insert into t values (1, null), (2, null)");
    trip.execute("insert into t select 3, unnest(array[" + values + "]::" + type + "[])");
    trip.check("t");
    trip.execute("alter table t alter v type " + type + "[] using array[null, v, v]");
    trip.execute("insert into t select 4, array_agg(v) from t");
    trip.execute(
        "insert into t values (5, '{}'), (6, null), (7, array[null, null]::" + type + "[])");
    trip.execute("insert into t select 8, array_fill(v[2], '{2,1}', '{0,5}') from t where n = 3");
    trip.check("t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int[] | '{}', '{1,null,3}', '[0:1]={1,2}', '{{1,2},{3,null}}', '[-2:-1][5:5]={{1},{2}}'",
        "prices | '{1,2.5,NULL}', '{}', '[0:1]={1,2}', '{{NaN}}', null",
        "text[] | '{}', '{NULL,\"NULL\",null,\"\"}', '{\"a,b\",\"{\",\"\\\\\\\\\",\"\\\\\"\",\" \"}',"
            + " '[2:2]={\"x \"}', '{{a},{\"b}\"}}'",
        "numeric(10,2)[] | '{1.5,NaN}', '{{1.25},{NaN}}', '{0,-0.01}'",
        "float8[] | '{1,NaN,-0}', '{{0.1,5e-324},{-Infinity,1e300}}', '[0:0]={1e-7}'",
        "float4[] | '{{0.1,1e-45},{16777217,3.4028235e38}}'",
        "timestamptz[] | '{2020-01-01 00:00+00,infinity}', '{{0001-01-01 00:00+00 BC}}'",
        "timestamp[] | '{294276-12-31 23:59:59.999999}', '{{0044-03-15 12:00:00.5 BC,infinity}}'",
        "date[] | '{infinity}', '[5:5]={0044-03-15 BC}'",
        "time[] | '{24:00}', '{{01:02:03.000001}}'",
        "interval[] | '{infinity,1 day}', '{{1 year -2 mons},{-04:05:06.7}}'",
        "bool[] | '{{t,f,null}}'",
        "uuid[] | '{{00000000-0000-0000-0000-00000000000a}}'",
        "bytea[] | '{{\"\\\\\\\\x00ff\",\"\\\\\\\\x\"}}'",
        "jsonb[] | '{{\"{\\\\\"a\\\\\": [1, 2]}\",null}}'",
        "mood[] | '{{sad,\"very \\\\\"happy\\\\\", yes\"}}'",
        "pair[] | '{{\"(1,\\\\\"a b\\\\\",)\",\"(,,)\"}}', '{\"(1,x,2)\"}'",
        "\"char\"[] | '{{a,\"\"}}', '{b}'",
        "bpchar(3)[] | '{{\"a\",bcd}}'",
        "oid[] | '{{4294967295}}'",
        "xid8[] | '{{18446744073709551615}}', '{1}'",
      })
  void arraysOfOtherShapesComeBack(String type, String values) {
    trip.execute("drop table if exists t; create table t (n int, v " + type + ")");
    for (String value : VALUE.matcher(values).results().map(MatchResult::group).toList()) {
      trip.execute("insert into t values (1, " + value.replace("\\\\", "\\") + ")");
    }
    trip.check("t");
  }

  private static final Pattern VALUE = Pattern.compile("'[^']*'");
}
