package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.Misfit;
import dev.godwit.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no Arrow type holds is kept beside the batch, in the server's own text. */
class MisfitsTest {
  private static RoundTrip trip;

  @BeforeAll
  static void begin() {
    trip = new RoundTrip();
    trip.execute("create type pair as (a int, b timestamp)");
  }

  @AfterAll
  static void end() {
    trip.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numeric | NaN | NAN",
        "numeric(5,2) | NaN | NAN",
        "numeric | Infinity | POS_INF",
        "numeric | -Infinity | NEG_INF",
        "date | infinity | POS_INF",
        "date | -infinity | NEG_INF",
        "timestamp | infinity | POS_INF",
        "timestamptz | -infinity | NEG_INF",
        "timestamp | 294276-12-31 23:59:59.999999 | OUT_OF_RANGE",
        "timestamptz | 294250-06-07 08:09:10+00 | OUT_OF_RANGE",
        "time | 24:00:00 | OUT_OF_RANGE",
        "interval | 2562047788:00:54.775807 | OUT_OF_RANGE",
        "interval | 1 year -2 days -3000000:00:00.5 | OUT_OF_RANGE",
        "interval | infinity | POS_INF",
        "interval | -infinity | NEG_INF",
        "int[] | [0:1]={1,NULL} | SHAPE",
        "text[] | {{a,\"b c\"},{\"\",\"NULL\"}} | SHAPE",
        "float8[] | {{0.1,5e-324,1e+300,NaN}} | SHAPE",
        "timestamp[] | {\"2020-01-01 00:00:00\",infinity} | POS_INF",
        "pair | (1,infinity) | POS_INF",
        "pair[] | {\"(1,\\\"2020-01-01 00:00:00\\\")\",\"(2,-infinity)\",NULL} | NEG_INF",
        "\"char\" | \\377 | BAD_TEXT",
      })
  void areInTheServersNotation(String type, String text, Misfit.Kind kind) {
    trip.execute("drop table if exists t; create table t (n int, v " + type + ")");
    trip.execute("insert into t values (1, null), (2, '" + text + "'), (3, null)");
    List<Misfit> found = new ArrayList<>();
    trip.decode(
        "t",
        batch -> {
          assertThat(batch.rows().getVector(1).isNull(1)).isTrue();
          found.addAll(batch.misfits());
        });
    assertThat(found).hasSize(1);
    Misfit misfit = found.get(0);
    assertThat(misfit.row()).isEqualTo(1);
    assertThat(misfit.column()).isEqualTo(1);
    assertThat(misfit.kind()).isEqualTo(kind);
    String kept = new String(misfit.bytes(), StandardCharsets.UTF_8);
    assertThat(kept.replace("E-324", "e-324").replace("4.94065645841247", "5").replace("E+", "e+"))
        .isEqualTo(text);
    trip.check("t");
  }

  /** Before version 15 the text {@code \200} is a backslash to them, and the rest is dropped. */
  @Test
  void olderServersAreNotGivenACharacterThatTheyWouldMisread() throws IOException {
    byte[] text = "\\200".getBytes(StandardCharsets.US_ASCII);
    Misfit misfit = new Misfit(0, 0, Misfit.Kind.BAD_TEXT, text);
    List<Field> fields = List.of(Fields.of("v", ArrowType.Utf8.INSTANCE, "\"char\""));
    for (Form form : List.of(Form.Scalar.CHAR, new Form.Items(Form.Scalar.CHAR, 18))) {
      for (int version : List.of(14, 15)) {
        BufferedSink sink = new BufferedSink((bytes, from, length) -> {});
        TextFieldWriter writer = new TextFieldWriter(sink, version);
        writer.turnTo(fields, new Form[] {form});
        if (version < 15) {
          assertThatThrownBy(() -> writer.misfit(0, misfit)).isInstanceOf(Malformed.class);
        } else {
          writer.misfit(0, misfit);
          assertThat(sink.out().length()).isEqualTo(5);
        }
      }
    }
  }

  @Test
  void bytesOfADatabaseWithoutAnEncoding() {
    String database = PostgresServer.shared().createDatabase();
    PostgresServer.shared()
        .execute(
            "postgres",
            "create database \"raw_"
                + database
                + "\" encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0");
    try (RoundTrip raw = new RoundTrip(PostgresServer.shared(), "raw_" + database)) {
      raw.execute("set client_encoding = 'SQL_ASCII'"); // else the server refuses the bytes
      raw.execute("create table t (n int, v text, w varchar[])");
      raw.execute("insert into t values (1, E'caf\\xe9', array[E'\\xff', 'ok']), (2, 'ok', null)");
      List<Misfit> found = new ArrayList<>();
      raw.decode("t", batch -> found.addAll(batch.misfits()));
      assertThat(found).extracting(Misfit::kind).containsOnly(Misfit.Kind.BAD_TEXT).hasSize(2);
      assertThat(found.get(0).bytes()).isEqualTo(new byte[] {'c', 'a', 'f', (byte) 0xe9});
      for (RowEncoder.Format format : RowEncoder.Format.values()) {
        raw.execute("drop table if exists back; create table back (like t)");
        raw.copy("t", "back", format);
        String all =
            "select string_agg(md5(v::bytea) || coalesce(md5(array_send(w)), ''), ',' order by n)"
                + " from ";
        assertThat(raw.query(all + "back")).isEqualTo(raw.query(all + "t"));
      }
    }
  }
}
