package dev.godwit.extractor.redis;

import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.server.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server filled once for all contract tests of this JVM. */
final class ContractSample {
  private static final int SESSIONS = 20_000;
  private static RedisServer server;

  private ContractSample() {}

  static synchronized ExtractorSample read(String way) {
    if (server == null) {
      server = RedisServer.start("--requirepass", "s3cret");
      server.call("AUTH", "s3cret");
      fill();
    }
    String options = "?reading=" + way;
    return new ExtractorSample(
        server.uri() + options,
        PasswordSource.of(dev.godwit.spi.store.Secret.of("s3cret")),
        Map.of(Records.name(0), SESSIONS + 3L, Records.name(3), 2L),
        Optional.of(new ExtractorSample.Condition(Records.name(0), "session:1999?", 10)),
        List.of(
            "redis://127.0.0.1:1" + options,
            server.uri(9999) + options,
            "redis://nobody@127.0.0.1:" + server.port() + options));
  }

  private static void fill() {
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
    server.callMany(commands);
  }
}
