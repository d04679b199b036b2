package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisConnection.Command;
import dev.godwit.extractor.redis.session.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * When keys expire. Redis 7.0 and newer tell the millisecond itself ({@code PEXPIRETIME}); older
 * ones tell what is left, which is asked between two looks at the clock until both show the same
 * millisecond.
 */
public final class Expiries {
  /** For a key that is not there. */
  public static final long GONE = -2;

  private static final Command ABSOLUTE = Command.of("PEXPIRETIME");
  private static final Command LEFT = Command.of("PTTL");
  private static final Command TIME = Command.of("TIME");
  private static final int TRIES = 20;

  private final RedisConnection connection;
  private final boolean absolute;
  private final String doing;

  /**
   * Of the keys of one database.
   *
   * @param doing what they are asked for, such as {@code cannot read db0}
   */
  public Expiries(RedisConnection connection, RedisServer server, String doing) {
    this.connection = connection;
    this.absolute = server.atLeast(7, 0);
    this.doing = doing;
  }

  /** Milliseconds since 1970 for each key, {@link KeyValue#NEVER} or {@link #GONE}. */
  public long[] of(List<byte[]> keys) {
    for (int tried = 0; ; tried++) {
      ask(keys);
      Optional<long[]> known = taken(keys.size(), tried == TRIES);
      if (known.isPresent()) {
        return known.get();
      } else if (keys.size() > 1 && tried > 1) {
        return oneByOne(keys);
      }
    }
  }

  /** Sends the question, whose answers are to be taken by {@link #answered}. */
  void ask(List<byte[]> keys) {
    if (absolute) {
      keys.forEach(key -> connection.send(ABSOLUTE, key));
    } else {
      connection.send(TIME);
      keys.forEach(key -> connection.send(LEFT, key));
      connection.send(TIME);
    }
  }

  /**
   * The answers for so many keys, as {@link #of} gives them; nothing where it is not known to the
   * millisecond, and must be asked again.
   */
  Optional<long[]> answered(int keys) {
    return taken(keys, false);
  }

  private Optional<long[]> taken(int keys, boolean about) {
    if (absolute) {
      return Optional.of(numbers(connection.answers(keys), ABSOLUTE.word()));
    }
    List<Object> answers = connection.answers(keys + 2);
    long before = millis(answers.get(0));
    long after = millis(answers.get(keys + 1));
    long[] left = numbers(answers.subList(1, keys + 1), LEFT.word());
    boolean any = false;
    for (int i = 0; i < left.length; i++) {
      any |= left[i] >= 0;
      left[i] = left[i] >= 0 ? left[i] + before : left[i];
    }
    return !any || before == after || about ? Optional.of(left) : Optional.empty();
  }

  /** Where many together take longer than a millisecond. */
  private long[] oneByOne(List<byte[]> keys) {
    return keys.stream().mapToLong(key -> of(List.of(key))[0]).toArray();
  }

  private long[] numbers(List<Object> answers, String command) {
    return answers.stream()
        .mapToLong(
            answer -> {
              if (answer instanceof JedisDataException e) {
                throw connection.failures().of(doing, command, e);
              }
              return (Long) answer;
            })
        .toArray();
  }

  private long millis(Object answer) {
    if (answer instanceof JedisDataException e) {
      throw connection.failures().of(doing, TIME.word(), e);
    }
    return clock(answer);
  }

  static long number(Object text) {
    return Long.parseLong(new String((byte[]) text, StandardCharsets.US_ASCII));
  }

  /** What {@code TIME} answered, in milliseconds since 1970. */
  static long clock(Object told) {
    List<?> parts = (List<?>) told;
    return number(parts.get(0)) * 1000 + number(parts.get(1)) / 1000;
  }
}
