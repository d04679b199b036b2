package dev.godwit.loader.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands in the way of a load, found before anything is written or where it is met. */
class ObstaclesTest {
  private static final Partition DB0 = Partition.whole(Records.name(0));

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T closed(T resource) {
    open.add(resource);
    return resource;
  }

  private RedisServer server(String... settings) {
    return closed(RedisServer.start(settings));
  }

  /** Servers before 6 know no users. */
  private RedisServer serverWithUsers() {
    return closed(RedisServer.start(RedisProgram.atLeast(6)));
  }

  private static GodwitException failure(ThrowingCallable call) {
    return catchThrowableOfType(GodwitException.class, call);
  }

  private static RedisServer filled(RedisServer server) {
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      commands.add(List.of("SET", "key:" + i, "v".repeat(500)));
    }
    server.callMany(commands);
    return server;
  }

  @Test
  void aReplicaIsNoTarget() {
    RedisServer primary = server();
    RedisServer replica = server("--replicaof", "127.0.0.1", "" + primary.port());
    Handmade plan = closed(new Handmade(replica.uri()));
    assertThat(plan.loader.inspect(plan.plan(false)))
        .containsExactly(
            new Obstacle(
                "127.0.0.1:" + replica.port() + " is a replica, which takes no keys",
                "name its primary, 127.0.0.1:" + primary.port()));
  }

  @Test
  void aCommandThatTheUserMayNotRunIsNamed() {
    RedisServer target = serverWithUsers();
    target.call("ACL", "SETUSER", "default", "-set");
    Handmade plan = closed(new Handmade(target.uri()));
    try (LoadRun run = plan.loader.begin(plan.plan(false))) {
      GodwitException failure = failure(() -> plan.write(run, "string", "bird", new byte[1]));
      assertThat(failure)
          .hasMessageContaining("cannot write key \"bird\" to db0: the user may not run SET");
      assertThat(failure.exitCode()).isEqualTo(ExitCode.TARGET_UNREACHABLE);
      assertThat(failure.hint()).hasValueSatisfying(h -> assertThat(h).contains("+set"));
      assertThat(run.holds(DB0)).isFalse();
    }
  }

  @Test
  void fullMemoryEndsTheLoadAndNothingIsDone() {
    RedisServer from = filled(server());
    RedisServer target = server("--maxmemory", "5mb");
    Copy copy = closed(new Copy(from.uri(), target.uri()));
    try (LoadRun run = copy.begin(false)) {
      GodwitException failure = failure(() -> copy.push(run));
      assertThat(failure)
          .hasMessageContaining("maxmemory")
          .hasMessageContaining("cannot write key");
      assertThat(failure.hint()).isPresent();
    }
    assertThat(copy.obstacles()).hasSize(1).first().matches(Obstacle::unfinished);
    target.call("CONFIG", "SET", "maxmemory", "100mb");
    try (LoadRun run = copy.begin(true)) {
      assertThat(run.holds(DB0)).isFalse();
      copy.push(run);
      assertThat(copy.finish(run)).isEmpty();
    }
    assertThat(target.call("DBSIZE")).isEqualTo(20_000L);
  }

  @Test
  void whereMemoryIsFullInTheMiddleOfALargeValueNothingOfItIsLeft() {
    RedisServer from = server();
    for (int i = 0; i < 12; i++) {
      from.call("RPUSH", "large", "x".repeat(1 << 20));
    }
    RedisServer target = server("--maxmemory", "8mb");
    Copy copy = closed(new Copy(from.uri(), target.uri()));
    try (LoadRun run = copy.begin(false)) {
      assertThatThrownBy(() -> copy.push(run)).hasMessageContaining("cannot write key \"large\"");
    }
    assertThat((List<?>) target.call("KEYS", "*")).hasSize(1);
    assertThat(target.call("EXISTS", Records.LEDGER)).isEqualTo(1L);
  }

  @Test
  void keysThatAreEvictedFailTheLoad() {
    RedisServer from = filled(server());
    RedisServer target = server("--maxmemory", "5mb", "--maxmemory-policy", "allkeys-random");
    Copy copy = closed(new Copy(from.uri(), target.uri()));
    try (LoadRun run = copy.begin(false)) {
      assertThat(copy.warnings()).hasSize(1).first().asString().contains("allkeys-random");
      assertThatThrownBy(() -> copy.push(run))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("keys while they were loaded: maxmemory is 5.00M");
    }
  }

  @Test
  void aCacheWithRoomIsWarmed() {
    RedisServer target = server("--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru");
    RedisServer from = filled(server());
    Copy copy = closed(new Copy(from.uri(), target.uri()));
    assertThat(copy.all()).isEmpty();
    assertThat(copy.warnings()).hasSize(1);
  }

  @Test
  void functionsNeedAServerThatHasThem() {
    RedisServer target =
        closed(
            RedisServer.start(
                RedisProgram.all().stream()
                    .filter(program -> program.name().startsWith("Redis 6"))
                    .findFirst()
                    .orElse(RedisProgram.chosen())));
    Handmade plan = closed(new Handmade(target.uri()));
    plan.object("function library", Phase.BEFORE_DATA, "birds", "#!lua name=birds\nreturn 1");
    List<String> expected =
        target.atLeast(7, 0)
            ? List.of()
            : List.of(
                "function library birds cannot be loaded: 127.0.0.1:%d runs Redis %s"
                    .formatted(target.port(), target.version()));
    assertThat(plan.obstacles()).isEqualTo(expected);
  }

  @Test
  void usersAreMadeAsTheyWere() {
    RedisServer target = serverWithUsers();
    String rules = "on #" + "ab".repeat(32) + " ~birds:* &* -@all +get +set";
    Handmade plan = closed(new Handmade(target.uri()));
    plan.object("user", Phase.LAST, "ann", rules);
    try (LoadRun run = plan.loader.begin(plan.plan(false))) {
      assertThat(plan.finish(run)).isEmpty();
    }
    assertThat(target.call("ACL", "LIST").toString()).isNotEmpty();
    List<String> users = new ArrayList<>();
    for (Object line : (List<?>) target.call("ACL", "LIST")) {
      users.add(new String((byte[]) line, StandardCharsets.UTF_8));
    }
    assertThat(users)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("user ann on ")
                    .contains("#" + "ab".repeat(32), "~birds:*", "-@all", "+get"));
    assertThat(plan.obstacles()).containsExactly("user ann is there already");
  }

  @Test
  void aModuleThatTheServerLacksIsNamed() {
    RedisServer target = server();
    Handmade plan = closed(new Handmade(target.uri()));
    byte[] payload = HexFormat.of().parseHex("0781" + "4479 5209 4f8b e401".replace(" ", ""));
    byte[] whole = java.util.Arrays.copyOf(payload, payload.length + 11);
    try (LoadRun run = plan.loader.begin(plan.plan(false))) {
      assertThatThrownBy(() -> plan.write(run, "module", "doc", whole))
          .isInstanceOf(GodwitException.class)
          .hasMessageMatching("(?:cannot write )?key \"doc\".* is of the module type .*");
    }
    // Servers before 6.2 end where they are given what they do not know.
    assertThat(target.text("PING")).isEqualTo("PONG");
  }

  @Test
  void rowsOfAnotherStoreBecomeKeysOfTheDatabaseThatIsNamed() {
    RedisServer target = server();
    Handmade plan = closed(new Handmade(target.uri(4)).mapped("orders", "customers"));
    try (LoadRun run = plan.loader.begin(plan.plan(false))) {
      byte[] hash = "[[\"name\",\"Lapponica\"]]".getBytes(StandardCharsets.UTF_8);
      assertThat(plan.write(run, "hash", "row", hash).rows()).isEqualTo(1);
      assertThat(plan.finish(run)).isEmpty();
    }
    target.call("SELECT", "4");
    assertThat(target.text("HGET", "row:orders", "name")).isEqualTo("Lapponica");
    assertThat(target.call("DBSIZE")).isEqualTo(2L);
    target.call("SELECT", "0");
  }

  @Test
  void aValueWithoutElementsIsNoKeyAndIsCounted() {
    RedisServer target = server();
    Handmade plan = closed(new Handmade(target.uri()));
    try (LoadRun run = plan.loader.begin(plan.plan(false))) {
      RecordWriter.Commit commit =
          plan.write(run, "hash", "empty", "[]".getBytes(StandardCharsets.UTF_8));
      assertThat(commit.rejects()).isEqualTo(1);
      assertThat(plan.finish(run))
          .containsExactly("keys without elements, which a server does not hold: 1");
    }
  }

  @Test
  void aFormThatIsBentIsRefusedByItsKey() {
    RedisServer target = server();
    Handmade plan = closed(new Handmade(target.uri()));
    try (LoadRun run = plan.loader.begin(plan.plan(false))) {
      for (String bent : List.of("[[\"a\"]]", "{}", "[1]", "[[\"a\",\"b\"")) {
        assertThatThrownBy(
                () -> plan.write(run, "hash", "odd", bent.getBytes(StandardCharsets.UTF_8)))
            .isInstanceOf(GodwitException.class)
            .hasMessageContaining("\"odd\"");
      }
    }
  }
}
