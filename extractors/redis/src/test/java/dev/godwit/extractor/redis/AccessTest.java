package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.extractor.redis.read.Definitions;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Users who may not do everything: what is refused is named. */
class AccessTest {
  private static final Map<RedisProgram, RedisServer> SERVERS = new HashMap<>();

  private static RedisServer server(RedisProgram program) {
    return SERVERS.computeIfAbsent(
        program,
        one -> {
          RedisServer server = RedisServer.start(one);
          server.call("SET", "user:1", "a");
          server.call("SET", "other", "b");
          return server;
        });
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(RedisServer::close);
    SERVERS.clear();
  }

  /** Servers before 6 know no users. */
  static List<RedisProgram> programs() {
    return RedisProgram.all().stream().filter(program -> program.major() >= 6).toList();
  }

  private static String uri(RedisServer server, String options, String... rules) {
    List<String> all = new ArrayList<>(List.of("SETUSER", "jane", "reset", "on", ">s3cret"));
    all.addAll(List.of(rules));
    server.call("ACL", all.toArray(new String[0]));
    return "redis://jane:s3cret@127.0.0.1:" + server.port() + options;
  }

  private static GodwitException refused(String uri) {
    GodwitException failure = catchThrowableOfType(GodwitException.class, () -> KeysRead.of(uri));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.SOURCE_UNREACHABLE);
    assertThat(failure.getMessage()).doesNotContain("s3cret");
    return failure;
  }

  static List<Arguments> forbidden() {
    List<Arguments> all = new ArrayList<>();
    for (RedisProgram program : programs()) {
      all.add(Arguments.of(program, "scan", "SCAN"));
      all.add(Arguments.of(program, "scan", "DUMP"));
      all.add(Arguments.of(program, "scan", "MEMORY"));
      all.add(Arguments.of(program, "scan", "INFO"));
      all.add(Arguments.of(program, "replica", "PSYNC"));
      all.add(Arguments.of(program, "replica", "REPLCONF"));
    }
    return all;
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("forbidden")
  void namesTheCommandThatTheUserMayNotRun(RedisProgram program, String way, String command) {
    RedisServer server = server(program);
    String uri =
        uri(server, "?reading=" + way, "~*", "+@all", "-" + command.toLowerCase(Locale.ROOT));
    GodwitException failure = refused(uri);
    assertThat(failure.getMessage()).containsIgnoringCase(command);
    assertThat(failure.hint().orElseThrow()).contains("ACL SETUSER");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void scansWhereItMayNotJoinAndSaysThatItIsFuzzy(RedisProgram program) {
    KeysRead read = KeysRead.of(uri(server(program), "", "~*", "+@all", "-psync"));
    assertThat(read.keys()).containsOnlyKeys("db0 user:1", "db0 other");
    assertThat(read.guarantee()).isEqualTo(Guarantee.FUZZY);
    assertThat(read.warnings())
        .singleElement()
        .asString()
        .startsWith("read by SCAN, which shows no one instant: ")
        .containsIgnoringCase("psync");
  }

  /** Nothing that only an administrator may run is needed. */
  @ParameterizedTest
  @MethodSource("programs")
  void needsNoMoreThanToRead(RedisProgram program) {
    List<String> rules =
        new ArrayList<>(List.of("~*", "+info", "+select", "+scan", "+memory", "+dump", "+time"));
    rules.add(server(program).has("PEXPIRETIME") ? "+pexpiretime" : "+pttl");
    KeysRead scanned =
        KeysRead.of(uri(server(program), "?reading=scan", rules.toArray(new String[0])));
    assertThat(scanned.keys()).containsOnlyKeys("db0 user:1", "db0 other");
    KeysRead joined =
        KeysRead.of(uri(server(program), "?reading=replica", "+info", "+psync", "+replconf"));
    assertThat(joined.keys()).containsOnlyKeys("db0 user:1", "db0 other");
    assertThat(joined.guarantee()).isEqualTo(Guarantee.SNAPSHOT);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void saysWhichKeysTheUserDoesNotReach(RedisProgram program) {
    GodwitException failure = refused(uri(server(program), "?reading=scan", "~user:*", "+@all"));
    assertThat(failure.getMessage()).contains("may not reach every key");
    assertThat(failure.hint().orElseThrow()).contains("~*");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void refusesAWrongPassword(RedisProgram program) {
    String uri = uri(server(program), "", "~*", "+@all");
    refused(uri.replace("s3cret", "s3cre"));
    refused(uri.replace("jane", "joe"));
  }

  static List<RedisProgram> everyProgram() {
    return RedisProgram.all();
  }

  /** As servers before 6 are: a password for everybody, and no word to greet with. */
  @ParameterizedTest
  @MethodSource("everyProgram")
  void readsServersThatKnowAPasswordAndNoHello(RedisProgram program) {
    String[] words = {"--requirepass", "s3cret", "--rename-command", "HELLO", ""};
    String[] settings = program.major() < 6 ? Arrays.copyOf(words, 2) : words;
    try (RedisServer server = RedisServer.start(program, settings)) {
      server.call("AUTH", "s3cret");
      server.call("SET", "bird", "B6");
      String uri = "redis://:s3cret@127.0.0.1:" + server.port();
      for (String way : new String[] {"replica", "scan"}) {
        assertThat(KeysRead.of(uri + "?reading=" + way).keys()).containsOnlyKeys("db0 bird");
      }
      refused(uri.replace("s3cret", "s3cre"));
      refused(uri.replace(":s3cret", "jane:s3cret"));
      refused(server.uri());
    }
  }

  @ParameterizedTest
  @MethodSource("everyProgram")
  void refusesAPasswordWhereNoneIsAsked(RedisProgram program) {
    GodwitException failure = refused("redis://:s3cret@127.0.0.1:" + server(program).port());
    assertThat(failure.getMessage()).contains("cannot log in");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void carriesUsersWhereAskedTo(RedisProgram program) {
    RedisServer server = server(program);
    KeysRead without = KeysRead.of(uri(server, "", "~*", "+@all"));
    assertThat(without.objects()).isEmpty();
    KeysRead with = KeysRead.of(uri(server, "?roles=true", "~*", "+@all"));
    SchemaObject user = with.objects().get(0);
    assertThat(user.kind()).isEqualTo(Definitions.USER);
    assertThat(user.definition()).startsWith("on ").contains("+@all").doesNotContain("s3cret");
    GodwitException failure = refused(uri(server, "?roles=true", "~*", "+@all", "-acl"));
    assertThat(failure.getMessage()).contains("ACL");
  }
}
