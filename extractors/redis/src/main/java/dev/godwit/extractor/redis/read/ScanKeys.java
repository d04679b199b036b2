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
 * expiry and {@code DUMP} of some together, 2 MiB at most. Several questions are under way at a
 * time, so that the server works on the next ones while the answers to the last are decoded. A key
 * that is larger than a payload should be is read in pieces by the commands of its type ({@link
 * LargeKeys}), over a connection of its own.
 */
final class ScanKeys implements KeyValue.Source {
  private static final Command SCAN = Command.of("SCAN");
  private static final Command MEMORY = Command.of("MEMORY");
  private static final Command DUMP = Command.of("DUMP");
  private static final byte[] USAGE = ascii("USAGE");
  private static final byte[] LEDGER = ascii(Records.LEDGER);
  private static final int PAGE = 1000;
  private static final int AT_ONCE = 2 << 20;
  private static final int MOST_AT_ONCE = 250;
  private static final int AHEAD = 3;
  private static final long LARGE = 8 << 20;

  private final RedisConnection connection;
  private final RedisConnection beside;
  private final int database;
  private final String doing;
  private final Optional<byte[]> pattern;
  private final Cancellation cancellation;
  private final Cancellation.Registration cut;
  private final Tally tally;
  private final Expiries expiries;
  private final Expiries expiriesBeside;
  private final LargeKeys largeKeys;
  private final Seen seen = new Seen();
  private final Deque<Question> asked = new ArrayDeque<>();
  private final Deque<Sized> sized = new ArrayDeque<>();
  private final Deque<KeyValue> ready = new ArrayDeque<>();
  private byte[] cursor = ascii("0");
  private boolean ended;
  private boolean paging;
  private int valuesAsked;

  /** What was sent, in the order of the answers. */
  private interface Question {
    /** Takes its answers. */
    void answered();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sized(byte[] key, long size) {
    boolean large() {
      return size > LARGE;
    }
  }

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
    try {
      this.beside = server.connect(database);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
    this.cut =
        cancellation.onCancel(
            () -> {
              connection.cut();
              beside.cut();
            });
    this.expiries = new Expiries(connection, server, doing);
    this.expiriesBeside = new Expiries(beside, server, doing);
    this.largeKeys = new LargeKeys(beside, server, doing);
  }

  @Override
  public KeyValue next() {
    while (ready.isEmpty()) {
      cancellation.check();
      ask();
      Question oldest = asked.poll();
      if (oldest == null) {
        return null;
      }
      oldest.answered();
    }
    return ready.removeFirst();
  }

  private void ask() {
    if (!paging && !ended && sized.size() < AHEAD * PAGE) {
      askPage();
    }
    while (valuesAsked < AHEAD && !sized.isEmpty()) {
      askValues();
    }
  }

  private void askPage() {
    List<byte[]> arguments = new ArrayList<>(List.of(cursor, ascii("COUNT"), ascii(PAGE)));
    pattern.ifPresent(p -> arguments.addAll(List.of(ascii("MATCH"), p)));
    connection.send(SCAN, arguments.toArray(new byte[0][]));
    paging = true;
    asked.add(this::page);
  }

  private void page() {
    List<?> reply = (List<?>) answer(connection.answers(1).get(0), SCAN);
    paging = false;
    cursor = (byte[]) reply.get(0);
    ended = cursor.length == 1 && cursor[0] == '0';
    List<byte[]> names = new ArrayList<>();
    for (Object name : (List<?>) reply.get(1)) {
      byte[] key = (byte[]) name;
      if (Arrays.equals(key, LEDGER)) {
        tally.unfinished();
      } else if (seen.isNew(key)) {
        names.add(key);
        connection.send(MEMORY, USAGE, key);
      }
    }
    asked.add(() -> sizes(names));
  }

  private void sizes(List<byte[]> names) {
    List<Object> answers = connection.answers(names.size());
    for (int i = 0; i < names.size(); i++) {
      Object size = answer(answers.get(i), MEMORY);
      sized.add(new Sized(names.get(i), size == null ? 0L : (Long) size));
    }
  }

  /** Asks for some keys, or for one that is large. */
  private void askValues() {
    valuesAsked++;
    if (sized.getFirst().large()) {
      Sized one = sized.removeFirst();
      asked.add(
          () -> {
            valuesAsked--;
            inPieces(one.key(), one.size(), expiriesBeside.of(List.of(one.key()))[0]);
          });
      return;
    }
    List<byte[]> some = new ArrayList<>();
    for (long bytes = 0; !sized.isEmpty() && some.size() < MOST_AT_ONCE; ) {
      bytes += sized.getFirst().size();
      if (sized.getFirst().large() || (bytes > AT_ONCE && !some.isEmpty())) {
        break;
      }
      some.add(sized.removeFirst().key());
    }
    expiries.ask(some);
    some.forEach(key -> connection.send(DUMP, key));
    asked.add(() -> values(some));
  }

  private void values(List<byte[]> keys) {
    valuesAsked--;
    long[] until = expiries.answered(keys.size()).orElseGet(() -> expiriesBeside.of(keys));
    List<Object> payloads = connection.answers(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      Object payload = answer(payloads.get(i), DUMP);
      if (payload == null || until[i] == Expiries.GONE) {
        tally.vanished();
      } else {
        decode(keys.get(i), until[i], (byte[]) payload);
      }
    }
  }

  private Object answer(Object answer, Command command) {
    if (answer instanceof JedisDataException e) {
      throw connection.failures().of(doing, command.word(), e);
    }
    return answer;
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
    beside.close();
  }
}
