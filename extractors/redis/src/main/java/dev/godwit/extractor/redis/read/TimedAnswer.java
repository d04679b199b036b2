package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisConnection.Command;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * An answer, and what the server's clock showed right before and after it. All three are asked for
 * at once: however long ways are, and whoever else is at work on this machine, nothing lies between
 * them but the command.
 *
 * @param before milliseconds since 1970
 * @param after milliseconds since 1970
 */
record TimedAnswer(Object answer, long before, long after) {
  private static final Command TIME = Command.of("TIME");

  static TimedAnswer of(
      RedisConnection connection, String doing, Command command, byte[]... arguments) {
    connection.send(TIME);
    connection.send(command, arguments);
    connection.send(TIME);
    List<Object> answers = connection.answers(3);
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof JedisDataException e) {
        throw connection.failures().of(doing, i == 1 ? command.word() : TIME.word(), e);
      }
    }
    return new TimedAnswer(
        answers.get(1), Expiries.clock(answers.get(0)), Expiries.clock(answers.get(2)));
  }

  /** Whether what is told as so long ago is known to the millisecond. */
  boolean isExact() {
    return before == after;
  }
}
