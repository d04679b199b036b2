package dev.godwit.extractor.redis.read;

import static dev.godwit.extractor.redis.session.RedisConnection.ascii;

import dev.godwit.extractor.redis.rdb.ValueDecoder;
import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisConnection.Command;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The keys of a database by {@code SCAN}. For each reply it asks how large the keys are, then takes
 * expiry and {@code DUMP} of some together, 2 MiB at most. A key that is larger than a payload
 * should be is read in pieces by the commands of its type ({@link LargeKeys}).
 */
final class ScanKeys implements KeyValue.Source {
  private static final Command SCAN = Command.of("SCAN");
  private static final Command MEMORY = Command.of("MEMORY");
  private static final Command DUMP = Command.of("DUMP");
  private static final byte[] USAGE = ascii("USAGE");
  private static final byte[] LEDGER = ascii(Records.LEDGER);
  private static final int AT_ONCE = 2 << 20;
  private static final int MOST_AT_ONCE = 250;
  private static final long LARGE = 8 << 20;

  private final RedisConnection connection;
  private final int database;
  private final String doing;
  private final Optional<byte[]> pattern;
  private final Cancellation cancellation;
  private final Cancellation.Registration cut;
  private final Tally tally;
  private final Expiries expiries;
  private final LargeKeys largeKeys;
  private final Seen seen = new Seen();
  private final Deque<byte[]> names = new ArrayDeque<>();
  private final Deque<Long> sizes = new ArrayDeque<>();
  private final Deque<KeyValue> ready = new ArrayDeque<>();
  private byte[] cursor = ascii("0");
  private boolean ended;

  /**
   * Begins.
   *
   * @param tally counts keys that were gone when they were to be read
   */
  ScanKeys(
      RedisServer server,
      int database,
      Optional<byte[]> pattern,
      Tally tally,
      Cancellation cancellation) {
    this.database = database;
    this.doing = "cannot read " + Records.name(database);
    this.pattern = pattern;
    this.tally = tally;
    this.cancellation = cancellation;
    this.connection = server.connect(database);
    this.cut = cancellation.onCancel(connection::cut);
    this.expiries = new Expiries(connection, server, doing);
    this.largeKeys = new LargeKeys(connection, server, doing);
  }

  @Override
  public KeyValue next() {
    while (ready.isEmpty()) {
      cancellation.check();
      if (!names.isEmpty()) {
        take();
      } else if (ended) {
        return null;
      } else {
        scan();
      }
    }
    return ready.removeFirst();
  }

  private void scan() {
    List<byte[]> arguments = new ArrayList<>(List.of(cursor, ascii("COUNT"), ascii("1000")));
    pattern.ifPresent(p -> arguments.addAll(List.of(ascii("MATCH"), p)));
    List<?> reply = (List<?>) connection.call(doing, SCAN, arguments.toArray(new byte[0][]));
    cursor = (byte[]) reply.get(0);
    ended = cursor.length == 1 && cursor[0] == '0';
    for (Object name : (List<?>) reply.get(1)) {
      byte[] key = (byte[]) name;
      if (!Arrays.equals(key, LEDGER) && seen.isNew(key)) {
        names.add(key);
        connection.send(MEMORY, USAGE, key);
      }
    }
    for (Object size : connection.answers(names.size())) {
      if (size instanceof JedisDataException e) {
        throw connection.failures().of(doing, "MEMORY", e);
      }
      sizes.add(size == null ? 0L : (Long) size);
    }
  }

  /** Takes some keys, or one that is large. */
  private void take() {
    if (sizes.getFirst() > LARGE) {
      byte[] key = names.removeFirst();
      inPieces(key, sizes.removeFirst(), expiries.of(List.of(key))[0]);
      return;
    }
    List<byte[]> some = new ArrayList<>();
    for (long bytes = 0; !names.isEmpty() && some.size() < MOST_AT_ONCE; ) {
      bytes += sizes.getFirst();
      if (sizes.getFirst() > LARGE || (bytes > AT_ONCE && !some.isEmpty())) {
        break;
      }
      long ignored = sizes.removeFirst();
      some.add(names.removeFirst());
    }
    long[] until = expiries.of(some);
    for (byte[] key : some) {
      connection.send(DUMP, key);
    }
    List<Object> payloads = connection.answers(some.size());
    for (int i = 0; i < some.size(); i++) {
      if (payloads.get(i) instanceof JedisDataException e) {
        throw connection.failures().of(doing, "DUMP", e);
      } else if (payloads.get(i) == null || until[i] == Expiries.GONE) {
        tally.vanished();
      } else {
        decode(some.get(i), until[i], (byte[]) payloads.get(i));
      }
    }
  }

  /** A payload of a newer server than is known is left, and its key read by commands. */
  private void decode(byte[] key, long expires, byte[] payload) {
    if (ValueDecoder.knows(payload[0])) {
      ready.add(new KeyValue(database, key, expires, ValueDecoder.ofPayload(payload)));
    } else {
      inPieces(key, payload.length, expires);
    }
  }

  private void inPieces(byte[] key, long size, long expires) {
    Optional<Value> value = expires == Expiries.GONE ? Optional.empty() : largeKeys.read(key, size);
    value.ifPresentOrElse(
        known -> ready.add(new KeyValue(database, key, expires, known)), tally::vanished);
  }

  @Override
  public void close() {
    cut.close();
    connection.close();
  }
}
