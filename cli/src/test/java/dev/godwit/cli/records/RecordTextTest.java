package dev.godwit.cli.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Odd values as JSON lines and CSV. Plain ones are met in the tests on a real server. */
class RecordTextTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new ArrowType.Int(64, true), "bigint"),
              Fields.of("big", new ArrowType.Int(64, false), "bigint unsigned"),
              Fields.of(
                  "real", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), "double"),
              Fields.json("doc", "json"),
              Fields.of("text", ArrowType.Utf8.INSTANCE, "text"),
              Fields.of(
                  "list",
                  ArrowType.List.INSTANCE,
                  "bigint[]",
                  Field.nullable("item", new ArrowType.Int(64, true)))));

  private RootAllocator allocator;
  private VectorSchemaRoot root;

  @BeforeEach
  void fill() {
    allocator = new RootAllocator(1 << 20);
    root = VectorSchemaRoot.create(SCHEMA, allocator);
    ((BigIntVector) root.getVector(0)).setSafe(0, Long.MIN_VALUE);
    ((UInt8Vector) root.getVector(1)).setSafe(0, -1L);
    ((Float8Vector) root.getVector(2)).setSafe(0, Double.NEGATIVE_INFINITY);
    set(3, "{\"a\" :\n 1.10, \"a\": 12345678901234567890123}");
    set(4, "a,\"b\"\nc");
    UnionListWriter list = ((ListVector) root.getVector(5)).getWriter();
    list.setPosition(0);
    list.startList();
    list.writeBigInt(7);
    list.writeNull();
    list.endList();
    root.setRowCount(1);
  }

  private void set(int column, String text) {
    ((VarCharVector) root.getVector(column)).setSafe(0, text.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    root.close();
    allocator.close();
  }

  private static String json(RecordBatch batch) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RecordFormat format = new JsonRecords(out, SCHEMA)) {
      write(format, batch);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String csv(RecordBatch batch) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RecordFormat format = new CsvRecords(out, SCHEMA)) {
      write(format, batch);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void write(RecordFormat format, RecordBatch batch) throws Exception {
    for (int row = 0; row < batch.rowCount(); row++) {
      format.record(
          batch,
          row,
          reference -> new ByteArrayInputStream("large \"é\"".getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void jsonKeepsEveryDigitAndStaysInOneLine() throws Exception {
    assertThat(json(new RecordBatch(root)))
        .isEqualTo(
            "{\"id\":-9223372036854775808,\"big\":18446744073709551615,\"real\":\"-Infinity\","
                + "\"doc\":{\"a\":1.10,\"a\":12345678901234567890123},"
                + "\"text\":\"a,\\\"b\\\"\\nc\",\"list\":[7,null]}\n");
  }

  @Test
  void jsonStaysJsonHoweverDeepOrLong() throws Exception {
    // PostgreSQL's jsonb takes numbers of 131,072 digits, and depth as its stack allows.
    String deep = "[".repeat(2000) + "1".repeat(2000) + "]".repeat(2000);
    set(3, deep);
    assertThat(json(new RecordBatch(root))).contains("\"doc\":" + deep + ",");
  }

  @Test
  void halfOfAPairInJsonStaysAnEscape() throws Exception {
    set(3, "[\"a\\ud83d\\ude00b\\ud800\", \"\\udead\"]"); // PostgreSQL's json takes it
    assertThat(json(new RecordBatch(root)))
        .contains("\"doc\":[\"a\ud83d\ude00b\\ud800\",\"\\udead\"],");
  }

  @Test
  void csvQuotesWhatNeedsIt() throws Exception {
    assertThat(csv(new RecordBatch(root)))
        .isEqualTo(
            "id,big,real,doc,text,list\n"
                + "-9223372036854775808,18446744073709551615,-Infinity,"
                + "\"{\"\"a\"\" :\n 1.10, \"\"a\"\": 12345678901234567890123}\","
                + "\"a,\"\"b\"\"\nc\",\"[7,null]\"\n");
  }

  @Test
  void csvQuotesWhatWouldEndItToPostgresql() throws Exception {
    set(4, "\\.");
    assertThat(csv(new RecordBatch(root))).contains(",\"\\.\",");
  }

  @Test
  void misfitsAndLargeValuesAreNeverShownAsNull() throws Exception {
    root.getVector(2).setNull(0);
    root.getVector(3).setNull(0);
    root.getVector(4).setNull(0);
    var nan = new Misfit(0, 2, Misfit.Kind.NAN, "NaN".getBytes(StandardCharsets.UTF_8));
    var bytes = new Misfit(0, 3, Misfit.Kind.BAD_TEXT, new byte[] {(byte) 0xff, 0});
    var large = new LargeReference(0, 4, 9, new byte[32]);
    RecordBatch batch = new RecordBatch(root, List.of(nan, bytes), List.of(large));

    assertThat(json(batch))
        .contains(
            "\"real\":{\"misfit\":\"NAN\",\"value\":\"NaN\"}",
            "\"doc\":{\"misfit\":\"BAD_TEXT\",\"value\":\"0xff00\"}",
            "\"text\":\"large \\\"é\\\"\"");
    assertThat(csv(batch)).contains(",NaN,0xff00,\"large \"\"é\"\"\",");
  }

  @Test
  void noRecordsAreNoLines() throws Exception {
    root.setRowCount(0);
    assertThat(json(new RecordBatch(root))).isEmpty();
    assertThat(csv(new RecordBatch(root))).isEqualTo("id,big,real,doc,text,list\n");
  }
}
