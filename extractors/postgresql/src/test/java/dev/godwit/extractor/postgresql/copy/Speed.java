package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Prints how fast a table of the usual types is decoded and encoded; run by hand. */
final class Speed {
  private static final int ROWS = 300_000;
  private static final int TIMES = 12;

  private Speed() {}

  public static void main(String[] arguments) throws Exception {
    try (RoundTrip trip = new RoundTrip();
        LargeSpool spool = new LargeSpool()) {
      trip.execute(
          "create table t (id int8, customer int4, price numeric(10,2), placed timestamptz,"
              + " state text, note text, gift bool, weight float8)");
      trip.execute(
          "insert into t select s, s % 30000, (s % 100000) / 100.0, now() - s * interval '1 min',"
              + " (array['new', 'paid', 'sent'])[s % 3 + 1], case when s % 4 > 0 then md5(s::text)"
              + " end, s % 7 = 0, s / 7.0 from generate_series(1, "
              + ROWS
              + ") s");
      TypeCatalogue types = trip.types();
      List<PgColumn> columns = trip.columns(types, "t");
      List<ByteBuffer> messages = new ArrayList<>();
      long bytes = 0;
      try (CopyData data = new CopyOutData(trip.connection(), trip.copyOut("t", types), 0)) {
        while (data.next()) {
          bytes += data.length();
          byte[] message = data.stream().readAllBytes();
          messages.add(ByteBuffer.allocateDirect(message.length).put(message).flip());
        }
      }
      try (BatchDecoder decoder =
          new BatchDecoder(
              RowShape.ofColumns(columns, new TypeMap(types)), trip.allocator(), 4 << 20)) {
        for (int i = 0; i < TIMES; i++) {
          CopyData data = new Prepared(messages);
          RowEncoder binary =
              new RowEncoder(columns, types, RowEncoder.Format.BINARY, (b, o, l) -> {});
          RowEncoder text = new RowEncoder(columns, types, RowEncoder.Format.TEXT, (b, o, l) -> {});
          long decoding = 0;
          long encoding = 0;
          long writing = 0;
          while (true) {
            long a = System.nanoTime();
            RecordItem item = decoder.next(data);
            long b = System.nanoTime();
            decoding += b - a;
            if (item == null) {
              break;
            }
            binary.write((RecordBatch) item, spool);
            long c = System.nanoTime();
            encoding += c - b;
            text.write((RecordBatch) item, spool);
            writing += System.nanoTime() - c;
          }
          System.out.printf(
              "decode %.0f MB/s, encode binary %.0f MB/s, encode text %.0f MB/s of binary copy%n",
              bytes * 1e3 / decoding, bytes * 1e3 / encoding, bytes * 1e3 / writing);
        }
      }
    }
  }

  /** Messages that lie in memory already. */
  private static final class Prepared implements CopyData {
    private final List<ByteBuffer> messages;
    private int at = -1;

    Prepared(List<ByteBuffer> messages) {
      this.messages = messages;
    }

    @Override
    public boolean next() {
      return ++at < messages.size();
    }

    @Override
    public long length() {
      return messages.get(at).remaining();
    }

    @Override
    public ByteBuffer bytes() {
      return messages.get(at);
    }

    @Override
    public InputStream stream() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ByteBuffer ahead() {
      return null;
    }

    @Override
    public void close() {}
  }
}
