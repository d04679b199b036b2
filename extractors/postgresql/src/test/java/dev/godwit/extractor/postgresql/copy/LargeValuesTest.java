package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.record.LargeReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;

/** Values over 8 MiB leave their rows and come back. */
class LargeValuesTest {
  private static final String TEXT = "repeat(E'ab\\\\c\\td\\n', 1300000)";

  @Test
  void ofEveryKindThatMayBeLarge() {
    try (RoundTrip trip = new RoundTrip()) {
      trip.execute("create type pair as (a text, b bytea, c numeric[])");
      trip.execute("create type mood as enum ('sad')");
      String[] columns = {
        "text: " + TEXT,
        "jsonb: to_jsonb(" + TEXT + ")",
        "bytea: convert_to(" + TEXT + ", 'UTF8')",
        "int4[]: array(select case when i % 7 <> 0 then i end from generate_series(1, 1150000) i)",
        "text[]: array[[" + TEXT + ", 'x\"'], [null, '']]",
        "mood[]: array_fill('sad'::mood, '{2,600000}')",
        "pair: row(" + TEXT + ", convert_to(" + TEXT + ", 'UTF8'), '{1.5,NULL,NaN}')::pair",
        "pair[]: array[row(" + TEXT + ", null, null), null, row('', 'x', '{}')]::pair[]",
      };
      for (String column : columns) {
        int colon = column.indexOf(':');
        String type = column.substring(0, colon);
        trip.execute("drop table if exists t; create table t (n int, v " + type + ", w text)");
        trip.execute("insert into t values (1, null, 'before')");
        trip.execute("insert into t select 2, " + column.substring(colon + 1) + ", 'after'");
        List<LargeReference> found = new ArrayList<>();
        trip.decode(
            "t",
            batch -> {
              found.addAll(batch.large());
              assertThat(batch.rows().getVector(1).isNull(1)).isTrue();
              assertThat(batch.rows().getVector(2).getObject(1)).hasToString("after");
            });
        assertThat(found).as(type).hasSize(1);
        assertThat(found.get(0).row()).isEqualTo(1);
        assertThat(found.get(0).column()).isEqualTo(1);
        String digest = "select string_agg(md5(t::text), ',' order by n) from ";
        String before = trip.query(digest + "t");
        for (RowEncoder.Format format : RowEncoder.Format.values()) {
          trip.execute("drop table if exists back; create table back (like t)");
          trip.contiguous(format == RowEncoder.Format.TEXT ? 0 : Integer.MAX_VALUE)
              .copy("t", "back", format);
          assertThat(trip.query(digest + "back t")).as(type + " " + format).isEqualTo(before);
        }
      }
    }
  }

  @Test
  void aRowOfManyColumnsBelowTheLimitKeepsNoMoreThanFitsIntoMemory() {
    try (RoundTrip trip = new RoundTrip()) {
      trip.execute(
          "create table t (n int, a text, b jsonb, c bytea, d int4[], e json, f text, g text)");
      trip.execute(
          "insert into t select i, repeat('a', 8000000), to_jsonb(repeat('b', 8000000)),"
              + " convert_to(repeat('c', 8000000), 'UTF8'), array_fill(i, '{1000000}'),"
              + " to_json(repeat('e', 8000000)), repeat('f', 8000000), 'short'"
              + " from generate_series(1, 3) i");
      trip.execute("insert into t values (4, '', null, '', '{}', null, 'f', 'short')");
      List<LargeReference> found = new ArrayList<>();
      List<Long> kept = new ArrayList<>();
      trip.decode(
          "t",
          batch -> {
            found.addAll(batch.large());
            long bytes = 0;
            for (FieldVector vector : batch.rows().getFieldVectors()) {
              bytes += vector.getBufferSize();
            }
            kept.add(bytes);
          });
      // The third of them would be too much, and so is all after it that is not short.
      assertThat(found.stream().map(LargeReference::column))
          .containsExactly(3, 5, 6, 3, 5, 6, 3, 5, 6);
      assertThat(kept).allMatch(bytes -> bytes < 30 << 20);
      String digest = "select string_agg(md5(t::text), ',' order by n) from ";
      String before = trip.query(digest + "t");
      for (RowEncoder.Format format : RowEncoder.Format.values()) {
        trip.execute("drop table if exists back; create table back (like t)");
        trip.copy("t", "back", format);
        assertThat(trip.query(digest + "back t")).as("%s", format).isEqualTo(before);
      }
    }
  }

  @Test
  void theBatchIsCutOnceMuchWentAhead() {
    try (RoundTrip trip = new RoundTrip()) {
      trip.execute("create table t (n int, v text)");
      trip.execute("insert into t select i, repeat('x', 9000000) from generate_series(1, 9) i");
      trip.execute("create table back (like t)");
      assertThat(trip.copy("t", "back", RowEncoder.Format.BINARY)).isEqualTo(3);
      assertThat(trip.query("select count(*) from t join back using (n, v)")).isEqualTo("9");
    }
  }

  @Test
  void aLargeValueIsNeverTakenForOneOfAnotherType() {
    try (RoundTrip trip = new RoundTrip()) {
      String[] columns = {
        "bytea > text: repeat('ab', 4500000)::bytea",
        "text > bytea: repeat('ab', 4500000)",
        "jsonb[] > text[]: array[to_jsonb(repeat('ab', 4500000))]",
        "int4[] > text[]: array_fill(1633837924, '{2000000}')",
        "numeric[] > numeric(10,1)[]: array_fill(1.25, '{1000000}')",
      };
      for (String column : columns) {
        int colon = column.indexOf(':');
        int arrow = column.indexOf('>');
        trip.execute("drop table if exists t, back");
        trip.execute("create table t (v " + column.substring(0, arrow) + ")");
        trip.execute("insert into t select " + column.substring(colon + 1));
        trip.execute("create table back (v " + column.substring(arrow + 1, colon) + ")");
        assertThatThrownBy(() -> trip.copy("t", "back", RowEncoder.Format.BINARY))
            .as(column)
            .hasMessageContaining("column 'v' (");
        if (!column.startsWith("text")) { // there the server reads the text
          assertThatThrownBy(() -> trip.copy("t", "back", RowEncoder.Format.TEXT))
              .as(column)
              .hasMessageContaining("column 'v' (");
        }
      }
    }
  }

  @Test
  void aLargeValueOfAWiderTypeIsTaken() {
    try (RoundTrip trip = new RoundTrip()) {
      trip.execute("create table t (v numeric(10,2)[])");
      trip.execute("insert into t select array_fill(1.25, '{1000000}')");
      trip.execute("create table back (v numeric[])");
      trip.copy("t", "back", RowEncoder.Format.BINARY);
      assertThat(trip.query("select count(*) from t join back using (v)")).isEqualTo("1");
    }
  }

  @Test
  void aLargeValueForAnotherTypeIsRefused() {
    try (RoundTrip trip = new RoundTrip()) {
      trip.execute("create table t (v text); insert into t select repeat('1', 9000000)");
      trip.execute("create table back (v int)");
      assertThatThrownBy(() -> trip.copy("t", "back", RowEncoder.Format.BINARY))
          .hasMessageContaining("column 'v' (integer)");
    }
  }
}
