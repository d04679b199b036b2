package dev.godwit.loader.redis.write;

import static dev.godwit.extractor.redis.session.RedisConnection.ascii;

import dev.godwit.extractor.redis.rdb.ValueDecoder;
import dev.godwit.extractor.redis.read.Expiries;
import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisConnection.Command;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.TypedForm;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.extractor.redis.value.ValueType;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Tells of keys that are there whether they are as they would be written, as those are that an
 * earlier try of the same load wrote. A user who may not ask is told of none. Used by one thread.
 */
public final class HeldKeys implements AutoCloseable {
  private static final Command MEMORY = Command.of("MEMORY");
  private static final Command DUMP = Command.of("DUMP");
  private static final byte[] USAGE = ascii("USAGE");
  private static final String DOING = "cannot look at keys that are there";
  private static final long AT_ONCE = 2 << 20;
  private static final int MOST_AT_ONCE = 250;

  private final RedisConnection connection;
  private final Expiries expiries;
  private final dev.godwit.extractor.redis.read.LargeKeys large;
  private boolean refused;

  /**
   * Of one database.
   *
   * @param connection closed with it
   */
  public HeldKeys(RedisServer server, RedisConnection connection) {
    this.connection = connection;
    this.expiries = new Expiries(connection, server, DOING);
    this.large = new dev.godwit.extractor.redis.read.LargeKeys(connection, server, DOING);
  }

  /** A key as it would be written. */
  interface Wanted {
    byte[] key();

    ValueType type();

    /** Milliseconds since 1970, or {@link SmallKeys.Row#NEVER}. */
    long expires();

    /** The typed form of its value. */
    InputStream form();
  }

  /** Which of some keys are there as they would be written, by their places in the list. */
  BitSet among(List<? extends Wanted> wanted) {
    BitSet same = new BitSet();
    try {
      for (int from = 0; from < wanted.size() && !refused; from += MOST_AT_ONCE) {
        look(wanted, from, Math.min(from + MOST_AT_ONCE, wanted.size()), same);
      }
    } catch (CancelledException e) {
      throw e;
    } catch (GodwitException e) {
      refused = true; // a connection that is lost ends the load without our saying so
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return same;
  }

  private void look(List<? extends Wanted> wanted, int from, int to, BitSet same)
      throws IOException {
    List<byte[]> keys = wanted.subList(from, to).stream().map(Wanted::key).toList();
    long[] until = expiries.of(keys);
    keys.forEach(key -> connection.send(MEMORY, USAGE, key));
    List<Object> sizes = connection.answers(keys.size());
    List<Integer> some = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < keys.size(); i++) {
      Wanted one = wanted.get(from + i);
      if (until[i] != one.expires() || !(known(sizes.get(i)) instanceof Long size)) {
        continue;
      }
      if (size > AT_ONCE) {
        set(same, from + i, one, large.read(one.key(), size));
        continue;
      }
      if (bytes + size > AT_ONCE) {
        dumped(wanted, some, same);
        bytes = 0;
      }
      some.add(from + i);
      bytes += size;
    }
    dumped(wanted, some, same);
  }

  private void dumped(List<? extends Wanted> wanted, List<Integer> some, BitSet same)
      throws IOException {
    some.forEach(i -> connection.send(DUMP, wanted.get(i).key()));
    List<Object> payloads = connection.answers(some.size());
    for (int i = 0; i < some.size(); i++) {
      Wanted one = wanted.get(some.get(i));
      if (known(payloads.get(i)) instanceof byte[] payload) {
        set(same, some.get(i), one, value(one, payload));
      }
    }
    some.clear();
  }

  private Optional<Value> value(Wanted one, byte[] payload) {
    return ValueDecoder.knows(payload[0])
        ? Optional.of(ValueDecoder.ofPayload(payload))
        : large.read(one.key(), payload.length);
  }

  private Object known(Object answer) {
    if (answer instanceof JedisDataException e) {
      throw connection.failures().of(DOING, DUMP.word(), e);
    }
    return answer;
  }

  private static void set(BitSet same, int at, Wanted wanted, Optional<Value> there)
      throws IOException {
    if (there.isEmpty() || there.get().type() != wanted.type()) {
      return;
    }
    try (TypedForm form = new TypedForm(there.get());
        InputStream own = wanted.form()) {
      same.set(at, equal(form, own));
    }
  }

  private static boolean equal(InputStream a, InputStream b) throws IOException {
    byte[] piece = new byte[1 << 16];
    for (int read; (read = a.readNBytes(piece, 0, piece.length)) > 0; ) {
      byte[] other = b.readNBytes(read);
      if (!Arrays.equals(piece, 0, read, other, 0, other.length)) {
        return false;
      }
    }
    return b.read() < 0;
  }

  @Override
  public void close() {
    connection.close();
  }
}
