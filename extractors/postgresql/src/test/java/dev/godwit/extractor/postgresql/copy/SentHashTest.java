package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.record.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a row is known by where it is not looked at. */
class SentHashTest {
  private static RoundTrip trip;

  @BeforeAll
  static void begin() {
    trip = new RoundTrip();
  }

  @AfterAll
  static void end() {
    trip.close();
  }

  /** Without the key, values that changed places between rows would add up to the same. */
  @Test
  void isOfAllThatWasSentTheKeyIncluded() throws Exception {
    trip.execute("create table t (id int primary key, a text, b numeric(9,2))");
    trip.execute(
        "insert into t select i, repeat('x', i / 2 * 90), null from generate_series(0, 9) i");
    TypeCatalogue types = trip.types();
    List<byte[]> messages = new ArrayList<>();
    try (CopyData data = new CopyOutData(trip.connection(), trip.copyOut("t", types), 0)) {
      while (data.next()) {
        messages.add(data.stream().readAllBytes());
      }
    }
    List<PgColumn> columns = trip.columns(types, "t");
    RowShape shape = RowShape.asSent(columns, 1, new TypeMap(types));
    try (BatchDecoder decoder = new BatchDecoder(shape, trip.allocator(), 1 << 20)) {
      RecordBatch batch = (RecordBatch) decoder.next(new GivenData(messages, false));
      FixedSizeBinaryVector hashes = (FixedSizeBinaryVector) batch.rows().getVector(1);
      for (int row = 0; row < 10; row++) {
        assertThat(hashes.get(row)).isEqualTo(hash(fields(messages, row)));
      }
    }
  }

  /** The fields of a row, behind the count of them; the first comes with the copy's header. */
  private static byte[] fields(List<byte[]> messages, int row) {
    byte[] message = messages.get(row);
    int from = row == 0 ? 19 + 2 : 2;
    return Arrays.copyOfRange(message, from, message.length);
  }

  private static byte[] hash(byte[] bytes) {
    HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(bytes);
    return ByteBuffer.allocate(24)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(hash.getLeastSignificantBits())
        .putLong(hash.getMostSignificantBits())
        .putLong(bytes.length)
        .array();
  }
}
