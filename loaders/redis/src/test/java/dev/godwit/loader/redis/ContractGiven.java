package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.RedisExtractorProvider;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.testkit.contract.LoaderGiven;
import dev.godwit.testkit.contract.LoaderSample;
import dev.godwit.testkit.server.redis.RedisServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What the contract tests need: a server with keys of several types, and empty ones. */
interface ContractGiven extends LoaderGiven {
  /** One sample for all tests of this JVM, and the targets of the last few. */
  final class Servers {
    private static final int SESSIONS = 20_000;
    private static final int MOST_TARGETS = 3;
    private static final Deque<RedisServer> targets = new ArrayDeque<>();
    private static LoaderSample made;

    private Servers() {}

    static synchronized LoaderSample sample() {
      if (made == null) {
        made = make(RedisServer.start());
      }
      return made;
    }

    static synchronized String emptyTarget() {
      if (targets.size() == MOST_TARGETS) {
        targets.removeFirst().close();
      }
      targets.add(RedisServer.start());
      return targets.getLast().uri();
    }

    static synchronized boolean holdsKeys(String uri) {
      return targets.stream()
          .filter(server -> server.uri().equals(uri))
          .anyMatch(server -> server.text("INFO", "keyspace").contains("keys="));
    }

    private static LoaderSample make(RedisServer server) {
      List<List<String>> commands = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        commands.add(List.of("SET", "session:" + i, "godwit ".repeat(i % 100)));
      }
      commands.add(List.of("HSET", "user", "name", "Lapponica", "eggs", "4"));
      commands.add(List.of("SET", "large", "x".repeat((8 << 20) + 100)));
      for (int i = 0; i < 100; i++) {
        commands.add(List.of("RPUSH", "long", ("y" + i).repeat(50_000)));
      }
      commands.add(List.of("SELECT", "3"));
      commands.add(List.of("SADD", "places", "Alaska", "Tasmania"));
      commands.add(List.of("ZADD", "flights", "13560", "B6"));
      commands.add(List.of("SET", "until", "then", "PX", "100000000"));
      server.callMany(commands);
      if (server.atLeast(7, 0)) {
        server.call(
            "FUNCTION",
            "LOAD",
            "#!lua name=birds\nredis.register_function('fly', function() return 1 end)");
      }
      server.call("SELECT", "0");
      return new LoaderSample(
          server.uri() + "?reading=scan",
          PasswordSource.NONE,
          List.of("redis://127.0.0.1:1", server.uri(9999)));
    }
  }

  @Override
  default LoaderProvider provider() {
    return new RedisLoaderProvider();
  }

  @Override
  default ExtractorProvider reader() {
    return new RedisExtractorProvider();
  }

  @Override
  default LoaderSample sample() {
    return Servers.sample();
  }

  @Override
  default String emptyTarget() {
    return Servers.emptyTarget();
  }

  /** A server without keys is read as one empty database. */
  @Override
  default boolean isThere(String targetUri) {
    return Servers.holdsKeys(targetUri);
  }

  @Override
  default DatasetName newName() {
    return Records.name(7);
  }
}
