package dev.godwit.extractor.memcached.read;

import dev.godwit.extractor.memcached.session.Answers;
import dev.godwit.extractor.memcached.session.BinaryConnection;
import dev.godwit.extractor.memcached.session.MemcachedConnection;
import dev.godwit.extractor.memcached.value.Keys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks for items by meta get, many at once: while the answers to some are read, the next are on
 * their way. Each get has one answer, in order, {@code EN} where the item is gone. Nothing is moved
 * in the server's order of use (flag {@code u}).
 *
 * <p>A server tells how many seconds are left, and the dump told when the item expires. Where both
 * say the same by the server's clock, which is asked ahead of some items, it is the second itself;
 * else the item was written or touched meanwhile, and its expiry is known to a second.
 */
final class Gets {
  private static final int MOST_KEYS = 2000;
  private static final long MOST_BYTES = 2 << 20;
  private static final int AT_ONCE = 2;
  private static final byte[] CLOCK = ascii("stats\r\n");
  private static final byte[] GET = ascii("mg ");
  private static final byte[] PLAIN = ascii(" v f t c u\r\n");
  private static final byte[] BINARY = ascii(" b v f t c u\r\n");

  private final MemcachedConnection connection;
  private final Supplier<BinaryConnection> otherwise;
  private final Iterator<ListedKey> keys;
  private final String doing;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private BinaryConnection binary;
  private boolean inBinary;
  private Iterator<ListedKey> answered = List.<ListedKey>of().iterator();
  private long clock;
  private long asked;
  private long vanished;

  /**
   * Items that are asked for.
   *
   * @param nanos when that was, by {@link System#nanoTime}
   */
  private record Sent(List<ListedKey> keys, long nanos) {}

  /**
   * Asks for each of the keys.
   *
   * @param otherwise opens a connection for keys that no command has a word for
   * @param doing such as {@code cannot read 127.0.0.1:11211}
   */
  Gets(
      MemcachedConnection connection,
      Supplier<BinaryConnection> otherwise,
      Iterator<ListedKey> keys,
      String doing) {
    this.connection = connection;
    this.otherwise = otherwise;
    this.keys = keys;
    this.doing = doing;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** How many items were gone when they were asked for, so far. */
  long vanished() {
    return vanished;
  }

  /**
   * The next item, its value to be taken from the answers before the next call; null at the end.
   */
  Item next() throws IOException {
    while (answered.hasNext() || begin()) {
      ListedKey key = answered.next();
      inBinary = Keys.word(key.key()).isEmpty();
      if (inBinary) {
        Item item = inBinary(key);
        if (item != null) {
          return item;
        }
        vanished++;
        continue;
      }
      Answers answers = connection.answers();
      answers.line();
      if (answers.begins("VA ")) {
        return item(key, answers);
      } else if (answers.begins("EN")) {
        vanished++;
      } else {
        throw connection
            .failures()
            .refused(doing + ": key " + Keys.shown(key.key()), answers.text());
      }
    }
    return null;
  }

  /** Goes to the next answers; false where none are left. */
  private boolean begin() throws IOException {
    while (sent.size() < AT_ONCE && keys.hasNext()) {
      send();
    }
    Sent next = sent.poll();
    if (next == null) {
      return false;
    }
    answered = next.keys().iterator();
    clock = connection.clock(doing);
    asked = next.nanos();
    return true;
  }

  private void send() throws IOException {
    ByteArrayOutputStream commands = new ByteArrayOutputStream(MemcachedConnection.AHEAD);
    List<ListedKey> some = new ArrayList<>();
    commands.writeBytes(CLOCK);
    long bytes = 0;
    int most = MemcachedConnection.AHEAD - GET.length - Keys.LONGEST - BINARY.length;
    while (keys.hasNext()
        && some.size() < MOST_KEYS
        && bytes < MOST_BYTES
        && commands.size() < most) {
      ListedKey key = keys.next();
      Optional<Keys.Word> word = Keys.word(key.key());
      if (word.isPresent()) {
        commands.writeBytes(GET);
        commands.writeBytes(word.get().word());
        commands.writeBytes(word.get().binary() ? BINARY : PLAIN);
      }
      bytes += key.size();
      some.add(key);
    }
    sent.add(new Sent(some, System.nanoTime()));
    connection.send(commands.toByteArray(), 0, commands.size());
  }

  /** That protocol does not tell what is left, so the expiry is the one that was listed. */
  private Item inBinary(ListedKey key) throws IOException {
    if (binary == null) {
      binary = otherwise.get();
    }
    BinaryConnection.Found found = binary.get(doing, key.key());
    return found == null
        ? null
        : new Item(key.key(), found.length(), found.flags(), found.cas(), key.expires());
  }

  /** Where the value of the item lies that was given last. */
  Answers answers() {
    return inBinary ? binary.answers() : connection.answers();
  }

  /** To be called once a value was taken. */
  void endOfValue() throws IOException {
    if (!inBinary) {
      connection.answers().endOfBlock();
    }
  }

  /** Reads {@code VA 3 f7 t97 c1}. */
  private Item item(ListedKey key, Answers answers) {
    byte[] line = answers.bytes();
    int at = answers.start() + "VA ".length();
    long length = answers.number(at);
    long flags = 0;
    long left = -1;
    long cas = 0;
    for (; at < answers.end(); at++) {
      if (line[at - 1] == ' ') {
        switch (line[at]) {
          case 'f' -> flags = answers.number(at + 1);
          case 't' -> left = answers.number(at + 1);
          case 'c' -> cas = answers.number(at + 1);
          default -> {}
        }
      }
    }
    return new Item(key.key(), length, flags, cas, left < 0 ? ListedKey.NEVER : expiry(key, left));
  }

  /**
   * The server may have told the time long before it got to the item, however late that is read.
   */
  private long expiry(ListedKey key, long left) {
    long earliest = clock + left;
    long latest = earliest + 1 + (System.nanoTime() - asked) / 1_000_000_000;
    return key.expires() >= earliest && key.expires() <= latest ? key.expires() : earliest;
  }
}
