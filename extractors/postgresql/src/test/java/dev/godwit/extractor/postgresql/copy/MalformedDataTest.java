package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Data that is cut or foreign is refused; never is a row invented. */
class MalformedDataTest {
  private static RoundTrip trip;
  private static TypeCatalogue types;
  private static List<PgColumn> columns;
  private static byte[] whole;

  @BeforeAll
  static void begin() throws Exception {
    trip = new RoundTrip();
    trip.execute("create type pair as (a int, b text)");
    trip.execute("create table t (a int, b text, c numeric(5,2), d int[], e pair)");
    trip.execute("insert into t values (1, 'text', 12.34, '{1,2}', '(3,\"four\")')");
    types = trip.types();
    columns = trip.columns(types, "t");
    List<Byte> bytes = new ArrayList<>();
    try (CopyData data = new CopyOutData(trip.connection(), trip.copyOut("t", types), 0)) {
      while (data.next()) {
        for (byte b : data.stream().readAllBytes()) {
          bytes.add(b);
        }
      }
    }
    whole = new byte[bytes.size()];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = bytes.get(i);
    }
  }

  @AfterAll
  static void end() {
    trip.close(); // fails where a decoder left memory behind
  }

  private static int rows(byte[] data, boolean streamed) throws IOException {
    int rows = 0;
    try (BatchDecoder decoder =
        new BatchDecoder(
            RowShape.ofColumns(columns, new TypeMap(types)), trip.allocator(), 1 << 20)) {
      CopyData given = new GivenData(List.of(data), streamed);
      for (RecordItem item = decoder.next(given); item != null; item = decoder.next(given)) {
        rows += ((RecordBatch) item).rowCount();
      }
    }
    return rows;
  }

  @Test
  void theWholeIsRead() throws Exception {
    assertThat(rows(whole, false)).isEqualTo(1);
    assertThat(rows(whole, true)).isEqualTo(1);
  }

  @Test
  void cutAnywhereIsRefused() {
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      for (boolean streamed : new boolean[] {false, true}) {
        assertThatThrownBy(() -> rows(cut, streamed))
            .as("cut at " + length)
            .isInstanceOf(GodwitException.class)
            .hasMessageContaining("the server's copy cannot be read");
      }
    }
  }

  @Test
  void aWrongLengthNamesTheColumn() {
    byte[] wrong = whole.clone();
    wrong[19 + 2 + 3] = 3; // the int4's length
    assertThatThrownBy(() -> rows(wrong, false)).hasMessageContaining("column 'a' (integer)");
  }

  @Test
  void lengthsAndCountsThatLieNeverReadBeyondTheMessage() {
    for (int at = 0; at < whole.length; at++) {
      for (int value : new int[] {0x7f, 0x80, 0xff, 0}) {
        byte[] bent = whole.clone();
        bent[at] = (byte) value;
        try {
          assertThat(rows(bent, false)).isLessThanOrEqualTo(1);
        } catch (GodwitException | IOException expected) {
          assertThat(expected).hasMessageContaining("cannot be read");
        }
      }
    }
  }
}
