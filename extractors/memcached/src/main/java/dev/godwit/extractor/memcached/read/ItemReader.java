package dev.godwit.extractor.memcached.read;

import dev.godwit.extractor.memcached.session.Answers;
import dev.godwit.extractor.memcached.session.BinaryConnection;
import dev.godwit.extractor.memcached.session.MemcachedConnection;
import dev.godwit.extractor.memcached.session.MemcachedServer;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import java.io.IOException;
import java.util.function.Predicate;

/** Reads the items of one server, ordered by key. */
final class ItemReader implements RecordReader {
  private static final int PIECE = 1 << 20;

  private final MemcachedServer server;
  private final Cancellation cancellation;
  private final Counts counts;
  private final OrderedKeys keys;
  private final BatchBuilder batch;
  private final MemcachedConnection connection;
  private final Cancellation.Registration cut;
  private final Gets gets;
  private BinaryConnection binary;
  private Cancellation.Registration cutBinary;
  private byte[] scratch = new byte[0];
  private Item ahead;
  private LargeItem large;
  private boolean handedOut;

  private ItemReader(
      MemcachedServer server,
      OrderedKeys keys,
      BatchBuilder batch,
      MemcachedConnection connection,
      Counts counts,
      Cancellation cancellation) {
    this.server = server;
    this.cancellation = cancellation;
    this.counts = counts;
    this.keys = keys;
    this.batch = batch;
    this.connection = connection;
    this.cut = cancellation.onCancel(connection::cut);
    this.gets =
        new Gets(connection, this::inBinary, keys.inOrder(), "cannot read " + server.host());
  }

  private BinaryConnection inBinary() {
    BinaryConnection opened = server.connectBinary();
    binary = opened;
    cutBinary = cancellation.onCancel(opened::cut);
    return opened;
  }

  /** Takes the keys of a server that are wanted, and begins to ask for their items. */
  static ItemReader open(
      MemcachedServer server,
      Predicate<byte[]> wanted,
      ReadOptions options,
      Counts counts,
      PluginContext context) {
    OrderedKeys keys = new OrderedKeys();
    BatchBuilder batch = null;
    try {
      new CrawlerDump(server, options.crawlerWait().toMillis(), context.cancellation())
          .into(key -> !wanted.test(key.key()) || keys.add(key));
      batch = new BatchBuilder(options.withCas(), context.allocator());
      return new ItemReader(server, keys, batch, server.connect(), counts, context.cancellation());
    } catch (RuntimeException e) {
      keys.close();
      if (batch != null) {
        batch.close();
      }
      throw e;
    }
  }

  @Override
  public RecordItem next() {
    cancellation.check();
    if (handedOut) {
      batch.clear();
      handedOut = false;
    }
    try {
      if (large != null) {
        byte[] hash = large.finish();
        batch.addLarge(large.item(), hash);
        large = null;
      }
      return make();
    } catch (IOException e) {
      throw server.failures().lost(e);
    }
  }

  private RecordItem make() throws IOException {
    while (true) {
      Item item = ahead == null ? gets.next() : ahead;
      ahead = null;
      if (item == null) {
        return batch.rows() > 0 ? give() : null;
      }
      boolean inRow = item.length() <= LargeValue.THRESHOLD;
      if (batch.endsBefore(item, inRow ? item.length() : 0)) {
        ahead = item;
        return give();
      } else if (!inRow) {
        large = new LargeItem(item, gets, server.failures());
        return new LargeValue(large);
      }
      take(item, gets.answers());
    }
  }

  private void take(Item item, Answers answers) throws IOException {
    int length = (int) item.length();
    if (answers.fits(length)) {
      int from = answers.block(length);
      batch.add(item, answers.bytes(), from);
    } else {
      if (scratch.length < length) {
        scratch = new byte[(length + PIECE - 1) / PIECE * PIECE];
      }
      for (int read = 0; read < length; ) {
        read += answers.some(scratch, read, length - read);
      }
      batch.add(item, scratch, 0);
    }
    gets.endOfValue();
  }

  private RecordItem give() {
    handedOut = true;
    return batch.build();
  }

  @Override
  public void close() {
    counts.add(gets.vanished(), keys.repeated());
    cut.close();
    connection.close();
    if (binary != null) {
      cutBinary.close();
      binary.close();
    }
    keys.close();
    batch.close();
  }
}
