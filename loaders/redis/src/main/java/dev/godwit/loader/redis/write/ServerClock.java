package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.session.RedisConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The clock of a server, which decides what has expired: asked once, and gone on with by ours. */
public final class ServerClock {
  private final long offset;

  private ServerClock(long millis) {
    this.offset = millis - System.nanoTime() / 1_000_000;
  }

  /** Asks a server. */
  public static ServerClock of(RedisConnection connection) {
    List<?> parts = (List<?>) connection.call("cannot ask for the time", "TIME");
    return new ServerClock(number(parts.get(0)) * 1000 + number(parts.get(1)) / 1000);
  }

  private static long number(Object text) {
    return Long.parseLong(new String((byte[]) text, StandardCharsets.US_ASCII));
  }

  /** Milliseconds since 1970. */
  long now() {
    return offset + System.nanoTime() / 1_000_000;
  }
}
