package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random rows: the decoder's batches hold what a plain decoder's do, byte for byte. */
class DecodingTest {
  private static final int ROWS = 3000;

  private static RoundTrip trip;
  private static TypeCatalogue types;
  private static List<byte[]> messages;

  @BeforeAll
  static void begin() throws Exception {
    trip = new RoundTrip();
    trip.execute(
        "create table t (a bool, b int2, c int4, d int8, e float4, f float8, g numeric(10,2),"
            + " h numeric(38,10), i date, j time, k timestamp, l timestamptz, m text, n bytea,"
            + " o int4[], p text[], q varchar, r numeric(4,4))");
    trip.execute("select setseed(0.42)");
    trip.execute("insert into t select " + random() + " from generate_series(1, " + ROWS + ") s");
    types = trip.types();
    messages = new ArrayList<>();
    try (CopyData data = new CopyOutData(trip.connection(), trip.copyOut("t", types), 0)) {
      while (data.next()) {
        messages.add(data.stream().readAllBytes());
      }
    }
  }

  private static String random() {
    String[] values = {
      "random() < 0.5",
      "(random() * 65535 - 32768)::int2",
      "(random() * 4294967295 - 2147483648)::int8",
      "((random() - 0.5) * 1.8e19)::numeric::int8",
      "((random() - 0.5) * power(10, random() * 60 - 30))::float4",
      "(random() - 0.5) * power(10, random() * 600 - 300)",
      "((random() - 0.5) * power(10, random() * 8))::numeric(10,2)",
      "((random() - 0.5) * power(10, (random() * 27)::int))::numeric(38,10)",
      "'4713-01-01 BC'::date + (random() * 5000000)::int",
      "time '00:00' + random() * interval '24 hours'",
      "'4713-01-01 BC'::timestamp + random() * interval '10000 years'",
      "'0001-01-01 00:00+00'::timestamptz + random() * interval '10000 years'",
      "repeat(chr(97 + (random() * 2000)::int), (random() * 40)::int)",
      "decode(repeat(md5(random()::text), (random() * 3)::int), 'hex')",
      "(select array_agg(nullif((random() * 9)::int, 5))"
          + " from generate_series(1, (random() * 5)::int + s % 2))",
      "(select array_agg(nullif(md5(random()::text), 'x')) from generate_series(1, s % 4))",
      "md5(s::text)",
      "(random() * 0.999)::numeric(4,4)",
    };
    List<String> nullable = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      // One column has no nulls at all, one nearly only nulls.
      double nulls = i == 3 ? 0 : i == 16 ? 0.99 : 0.2;
      nullable.add("case when random() >= " + nulls + " then " + values[i] + " end");
    }
    return String.join(", ", nullable);
  }

  @AfterAll
  static void end() {
    trip.close();
  }

  private static BatchDecoder decoder(int batchBytes) {
    return new BatchDecoder(
        RowShape.ofColumns(columns(), new TypeMap(types)), trip.allocator(), batchBytes);
  }

  private static List<PgColumn> columns() {
    return trip.columns(types, "t");
  }

  private static byte[] ipc(VectorSchemaRoot root) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
      writer.start();
      writer.writeBatch();
      writer.end();
    }
    return bytes.toByteArray();
  }

  @Test
  void holdsWhatAPlainDecoderHolds() throws Exception {
    try (BatchDecoder decoder = decoder(64 << 20)) {
      CopyData data = new GivenData(messages, false);
      RecordBatch batch = (RecordBatch) decoder.next(data);
      assertThat(batch.rowCount()).isEqualTo(ROWS);
      assertThat(batch.misfits()).isEmpty();
      try (VectorSchemaRoot plain =
          PlainDecoder.decode(batch.rows().getSchema(), messages, trip.allocator())) {
        assertThat(plain.getRowCount()).isEqualTo(ROWS);
        assertThat(ipc(batch.rows())).isEqualTo(ipc(plain));
      }
      assertThat(decoder.next(data)).isNull();
    }
  }

  @Test
  void sameRowsGiveTheSameBytesWhateverWasInTheBuffersBefore() throws Exception {
    List<byte[]> few = new ArrayList<>(messages.subList(0, 37));
    few.add(messages.get(messages.size() - 1));
    try (BatchDecoder decoder = decoder(64 << 20);
        BatchDecoder fresh = decoder(64 << 20)) {
      CopyData all = new GivenData(messages, false);
      while (decoder.next(all) != null) {}
      byte[] again = ipc(((RecordBatch) decoder.next(new GivenData(few, true))).rows());
      byte[] first = ipc(((RecordBatch) fresh.next(new GivenData(few, false))).rows());
      assertThat(again).isEqualTo(first);
    }
  }

  @Test
  void cutsBatchesByTheirBytes() throws Exception {
    int limit = 64 << 10;
    int rows = 0;
    int batches = 0;
    try (BatchDecoder decoder = decoder(limit)) {
      CopyData data = new GivenData(messages, false);
      for (RecordItem item = decoder.next(data); item != null; item = decoder.next(data)) {
        RecordBatch batch = (RecordBatch) item;
        rows += batch.rowCount();
        batches++;
        assertThat(ipc(batch.rows()).length).isLessThan(2 * limit);
      }
    }
    assertThat(rows).isEqualTo(ROWS);
    assertThat(batches).isGreaterThan(3);
  }

  @Test
  void comesBackThroughEitherFormat() {
    trip.batchBytes(50_000).check("t");
  }
}
