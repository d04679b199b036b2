package dev.godwit.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** What of keys with values counts as a difference, and what time alone has changed. */
class PairedKeysTest {
  private static final long PAST = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();
  private static final long FUTURE = Instant.parse("2999-01-01T00:00:00Z").toEpochMilli();
  private static final Dataset KEYS =
      new Dataset(
          DatasetName.of("db0"),
          "database",
          KeyValues.SCHEMA,
          List.of("key"),
          List.of("key"),
          List.of(),
          List.of(),
          "",
          new Dataset.Estimate(1, -1),
          Map.of());
  private static final PairedKeys PAIRED =
      new PairedKeys(new PairedRows(KEYS.name(), Alignment.of(KEYS, KEYS)));

  private static byte[] record(String type, String elements) {
    Row row = Row.of(new Bytes(new byte[] {'k'}), type, null, null, elements);
    try (RootAllocator allocator = new RootAllocator();
        RecordReader reader =
            new RowReader(
                KeyValues.SCHEMA, List.of(row).iterator(), 1, allocator, new Cancellation());
        RecordCursor cursor = PAIRED.cursor(Side.A)) {
      cursor.over((RecordBatch) reader.next());
      assertThat(cursor.next()).isTrue();
      cursor.encode();
      return Arrays.copyOfRange(cursor.bytes(), cursor.from(), cursor.from() + cursor.size());
    }
  }

  private static boolean agree(String type, String a, String b) {
    return PAIRED.agree(record(type, a), record(type, b));
  }

  @Test
  void aFieldThatHasExpiredIsNoDifference() {
    String lasting = "[\"a\",\"1\"],[\"b\",\"2\"," + FUTURE + "]";
    assertThat(agree("hash", "[" + lasting + "]", "[[\"0\",\"x\"," + PAST + "]," + lasting + "]"))
        .isTrue();
    assertThat(agree("hash", "[" + lasting + "]", "[" + lasting + ",[\"c\",\"3\"," + PAST + "]]"))
        .isTrue();
    assertThat(agree("hash", "[" + lasting + "]", "[[\"a\",\"1\"]]")).isFalse();
    assertThat(agree("hash", "[[\"a\",\"1\"]]", "[[\"a\",\"2\"]]")).isFalse();
    assertThat(PAIRED.gone(record("hash", "[[\"c\",\"3\"," + PAST + "]]"))).isTrue();
    assertThat(PAIRED.gone(record("hash", "[[\"c\",\"3\"," + FUTURE + "]]"))).isFalse();
  }

  @Test
  void textThatLooksLikeJsonIsText() {
    assertThat(agree("hash", "[[\"a\",\",]\"]]", "[[\"a\",\"]\"]]")).isFalse();
    String inside = "[\\\"x\\\",\\\"y\\\"," + PAST + "]";
    assertThat(agree("hash", "[[\"a\",\"" + inside + "\"]]", "[[\"a\",\"\"]]")).isFalse();
    assertThat(
            agree(
                "stream",
                "{\"entries\":[[\"1-1\",[\"f\",\",\\\"seen\\\":1\"]]],\"last\":\"1-1\"}",
                "{\"entries\":[[\"1-1\",[\"f\",\"\"]]],\"last\":\"1-1\"}"))
        .isFalse();
  }

  @Test
  void whatAnOlderServerDoesNotKnowOfAStreamIsNotHeldAgainstIt() {
    String older = "{\"entries\":[],\"last\":\"5-0\",\"groups\":[]}";
    String newer =
        "{\"entries\":[],\"last\":\"5-0\",\"deleted\":\"4-0\",\"added\":7,\"groups\":[]}";
    assertThat(agree("stream", older, newer)).isTrue();
    assertThat(agree("stream", newer.replace("7", "8"), newer)).isFalse();
    assertThat(agree("stream", older.replace("5-0", "6-0"), newer)).isFalse();
    assertThat(agree("list", "[\"a\"]", "[\"b\"]")).isFalse();
  }
}
