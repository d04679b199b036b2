package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The inner loop gives the same batches, byte for byte, as the plain path. */
class WholeRowsTest {
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
  @ValueSource(ints = {1, 100, 4_000, 1 << 20})
  void ofCommonRows(int piece) throws Exception {
    trip.execute(
        "drop table if exists t; create table t (a int2, b int4, c int8, d float4, e float8, f uuid,"
            + " g timestamptz, h numeric(12,2), i text, j bool, k bytea, l jsonb, m numeric(18,6),"
            + " n numeric(30,10), o int[], p pair, q numeric)");
    trip.execute(
        "insert into t select s % 30000, s, s * 1000000007::int8, s / 3.0, s / 7.0,"
            + " md5(s::text)::uuid, timestamptz '2020-01-01' + s * interval '83.123456 s',"
            + " (s - 5000) * 1.37, md5(s::text), s % 3 = 0, decode(md5(s::text), 'hex'),"
            + " jsonb_build_object('s', s), s * 1.000001, s / 9.0, array[s, null], row(s, now()::timestamp)::pair,"
            + " s / 11.0 from generate_series(1, 10000) s");
    agree(piece, 64 << 10);
    agree(piece, 1 << 20);
  }

  @Test
  void ofNullsMisfitsAndEverythingUncommonAmongCommonRows() throws Exception {
    trip.execute(
        "drop table if exists t; create table t (a int4, b numeric(12,2), c timestamp, d text,"
            + " e numeric(4,2), f pair, g date, h int8)");
    trip.execute(
        "insert into t select nullif(s % 3, 0), case when s % 5 = 0 then 'NaN' when s % 7 = 0 then"
            + " null else s / 100.0 end, case when s % 11 = 0 then 'infinity' when s % 13 = 0 then"
            + " '-infinity' when s % 17 = 0 then null else timestamp '2020-01-01' + s * interval"
            + " '1 s' end, case when s % 19 = 0 then null else repeat('x', s % 300) end,"
            + " (s % 199 - 99) / 10.0, case when s % 23 = 0 then row(s, 'infinity')::pair end,"
            + " case when s % 29 = 0 then 'infinity' else date '2020-01-01' + s end,"
            + " nullif(s % 2, 1) from generate_series(1, 5000) s");
    agree(1000, 32 << 10);
    agree(1 << 20, 256 << 10);
  }

  @Test
  void ofDecimalsWhoseDigitsEndAnywhere() throws Exception {
    trip.execute(
        "drop table if exists t; create table t (a numeric(18,0), b numeric(18,1), c numeric(18,2),"
            + " d numeric(18,3), e numeric(18,5), f numeric(18,17))");
    trip.execute(
        "insert into t select s * p, s * p / 10, s * p / 100, s * p / 1000, s * p / 100000,"
            + " s / 100000.0 from generate_series(-60, 60) s,"
            + " (values (1::numeric), (9), (10), (1234), (10000), (99999), (100000000),"
            + " (123456789012), (1000000000000000)) as v(p)");
    agree(1 << 20, 1 << 20);
  }

  @Test
  void isWhatReadsThem() throws Exception {
    trip.execute("drop table if exists t; create table t (a int4, b text, c numeric(9,2))");
    trip.execute("insert into t select s, null, s / 4.0 from generate_series(1, 1000) s");
    assertThat(agree(1 << 20, 1 << 20).oneByOne()).isLessThan(5);
  }

  private static ReceivedData agree(int piece, int batchBytes) throws Exception {
    TypeCatalogue types = trip.types();
    List<PgColumn> columns = trip.columns(types, "t");
    List<byte[]> messages = new ArrayList<>();
    try (CopyData data = new CopyOutData(trip.connection(), trip.copyOut("t", types), 0)) {
      while (data.next()) {
        messages.add(data.stream().readAllBytes());
      }
    }
    TypeMap map = new TypeMap(types);
    for (int keys : List.of(0, 1, 2, columns.size())) {
      agree(RowShape.asSent(columns, keys, map), messages, piece, batchBytes);
    }
    return agree(RowShape.ofColumns(columns, map), messages, piece, batchBytes);
  }

  private static ReceivedData agree(
      RowShape shape, List<byte[]> messages, int piece, int batchBytes) throws Exception {
    try (BatchDecoder decoder = new BatchDecoder(shape, trip.allocator(), batchBytes)) {
      // The decoder is used again, so that its buffers hold what the batches before left there.
      List<String> plain = batches(decoder, new GivenData(messages, false));
      ReceivedData received = new ReceivedData(messages, piece);
      List<String> fast = batches(decoder, received);
      assertThat(fast).hasSameSizeAs(plain).isEqualTo(plain);
      assertThat(batches(decoder, new GivenData(messages, false))).isEqualTo(plain);
      return received;
    }
  }

  private static List<String> batches(BatchDecoder decoder, CopyData data) throws IOException {
    List<String> batches = new ArrayList<>();
    for (RecordItem item = decoder.next(data); item != null; item = decoder.next(data)) {
      RecordBatch batch = (RecordBatch) item;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ArrowRecordBatch unloaded = new VectorUnloader(batch.rows()).getRecordBatch()) {
        bytes.writeBytes(unloaded.getNodes().toString().getBytes(StandardCharsets.UTF_8));
        for (ArrowBuf buffer : unloaded.getBuffers()) {
          byte[] part = new byte[(int) buffer.readableBytes()];
          buffer.getBytes(0, part);
          bytes.writeBytes(part);
          bytes.write('|');
        }
      }
      StringBuilder misfits = new StringBuilder();
      for (Misfit misfit : batch.misfits()) {
        misfits.append(misfit.row()).append(':').append(misfit.column()).append(misfit.kind());
      }
      batches.add(HexFormat.of().formatHex(bytes.toByteArray()) + misfits);
    }
    return batches;
  }
}
