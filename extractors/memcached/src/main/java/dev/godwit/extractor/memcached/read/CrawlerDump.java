package dev.godwit.extractor.memcached.read;

import dev.godwit.extractor.memcached.session.Answers;
import dev.godwit.extractor.memcached.session.MemcachedConnection;
import dev.godwit.extractor.memcached.session.MemcachedServer;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.util.Arrays;

/**
 * Takes the crawler's dump of a server's keys. A line of it is {@code key=a%20b exp=1700000000
 * la=... cas=7 fetch=no cls=1 size=67}: the key as in a URI, when it expires in seconds since 1970
 * or -1 for never, and what the item takes. An item that has expired is not among them.
 *
 * @see <a href="https://github.com/memcached/memcached/blob/master/doc/protocol.txt">The protocol,
 *     lru_crawler metadump</a>
 */
public final class CrawlerDump {
  private static final long PAUSE_MILLIS = 50;
  private static final long PATIENCE_MILLIS = 60_000;

  private final MemcachedServer server;
  private final long patienceMillis;
  private final Cancellation cancellation;
  private final String doing;
  private final byte[] key = new byte[255];

  CrawlerDump(MemcachedServer server, long patienceMillis, Cancellation cancellation) {
    this.server = server;
    this.patienceMillis = patienceMillis;
    this.cancellation = cancellation;
    this.doing = "cannot list the keys of " + server.host();
  }

  /**
   * Whether a server holds any item that can be had. Its statistics do not tell: they count what
   * was flushed or has expired until its place is needed.
   */
  public static boolean findsAny(MemcachedServer server, Cancellation cancellation) {
    if (MemcachedServer.number(server.statistics(), "curr_items") == 0) {
      return false;
    }
    boolean[] found = new boolean[1];
    new CrawlerDump(server, PATIENCE_MILLIS, cancellation)
        .into(
            key -> {
              found[0] = true;
              return false;
            });
    return found[0];
  }

  /** Takes keys as they are listed. */
  @FunctionalInterface
  interface Taker {
    /** Takes one; false where no more are wanted. */
    boolean take(ListedKey key);
  }

  /** Gives all keys. The crawler does one thing at a time, so it is asked until it is free. */
  void into(Taker keys) {
    try (MemcachedConnection connection = server.connect()) {
      takeAll(connection, keys);
    } catch (IOException e) {
      throw server.failures().lost(e);
    }
  }

  private void takeAll(MemcachedConnection connection, Taker keys) throws IOException {
    Cancellation.Registration cut = cancellation.onCancel(connection::cut);
    try {
      long until = System.nanoTime() + patienceMillis * 1_000_000;
      while (!taken(connection, keys)) {
        if (System.nanoTime() - until > 0) {
          throw new GodwitException(
              ExitCode.FAILED,
              doing + ": its crawler has been busy for " + patienceMillis / 1000 + " s",
              "something else lists keys (lru_crawler), or its hash table grows: try again, or wait"
                  + " longer with ?crawler-wait=600");
        }
        pause();
      }
    } finally {
      cut.close();
    }
  }

  private void pause() {
    cancellation.check();
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GodwitException(ExitCode.INTERRUPTED, "interrupted", null, e);
    }
  }

  /** Whether the crawler did it; not where it was busy. */
  private boolean taken(MemcachedConnection connection, Taker keys) throws IOException {
    connection.send("lru_crawler metadump hash");
    Answers answers = connection.answers();
    while (true) {
      answers.line();
      if (answers.begins("key=")) {
        if (!keys.take(listed(answers))) {
          return true;
        }
      } else if (answers.begins("END")) {
        return true;
      } else if (answers.begins("BUSY") || answers.begins("ERROR locked")) {
        return false;
      } else if (answers.begins("NOTSTARTED")) {
        return true; // there is nothing to crawl
      } else if (!answers.begins("OK")) { // which newer servers say first
        throw server.failures().refused(doing, answers.text());
      }
    }
  }

  private ListedKey listed(Answers line) throws IOException {
    byte[] bytes = line.bytes();
    int at = line.start() + "key=".length();
    int length = 0;
    for (; at < line.end() && bytes[at] != ' '; at++) {
      if (length == key.length) {
        throw new IOException("a key was listed that is longer than any can be");
      }
      if (bytes[at] == '%' && at + 2 < line.end()) {
        key[length++] =
            (byte) (Character.digit(bytes[at + 1], 16) << 4 | Character.digit(bytes[at + 2], 16));
        at += 2;
      } else {
        key[length++] = bytes[at];
      }
    }
    return new ListedKey(
        Arrays.copyOf(key, length),
        number(line, at, " exp=", ListedKey.NEVER),
        (int) Math.min(number(line, at, " size=", 0), Integer.MAX_VALUE));
  }

  private static long number(Answers line, int from, String name, long otherwise) {
    byte[] bytes = line.bytes();
    for (int at = from; at + name.length() <= line.end(); at++) {
      int same = 0;
      while (same < name.length() && bytes[at + same] == name.charAt(same)) {
        same++;
      }
      if (same == name.length()) {
        return line.number(at + same);
      }
    }
    return otherwise;
  }
}
