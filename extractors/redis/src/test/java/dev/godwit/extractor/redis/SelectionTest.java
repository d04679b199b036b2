package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.extractor.redis.read.Definitions;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which databases and keys are read. */
class SelectionTest {
  private static RedisServer server;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
    for (String database : new String[] {"0", "3", "12"}) {
      server.call("SELECT", database);
      for (String key : new String[] {"user:1", "user:2", "session:1", "a*b", "a?b"}) {
        server.call("SET", key, database);
      }
    }
    server.call("SELECT", "0");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static KeysRead read(String uri, DatasetFilter filter) {
    return KeysRead.of(uri, filter, () -> {});
  }

  private static List<DatasetPattern> patterns(String... names) {
    return Arrays.stream(names).map(DatasetPattern::parse).toList();
  }

  private static DatasetFilter where(String database, String pattern) {
    return new DatasetFilter(
        List.of(),
        List.of(),
        List.of(new DatasetFilter.Where(DatasetPattern.parse(database), pattern)),
        List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"replica", "scan"})
  void readsTheDatabaseThatIsNamedOrAll(String way) {
    String options = "?reading=" + way;
    assertThat(KeysRead.of(server.uri() + options).keys()).hasSize(15);
    assertThat(KeysRead.of(server.uri(3) + options).keys())
        .hasSize(5)
        .allSatisfy((key, value) -> assertThat(key).startsWith("db3 "));
    assertThat(KeysRead.of(server.uri(7) + options).keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replica", "scan"})
  void takesDatabasesAndKeysByPattern(String way) {
    String uri = server.uri() + "?reading=" + way;
    DatasetFilter some =
        new DatasetFilter(patterns("db0", "db12"), patterns("db12"), List.of(), List.of());
    assertThat(read(uri, some).keys()).hasSize(5);
    assertThat(read(uri, where("db0", "user:*")).keys())
        .containsKeys("db0 user:1", "db0 user:2", "db3 session:1")
        .doesNotContainKey("db0 session:1")
        .hasSize(12);
    assertThat(read(uri, where("*", "a\\*b")).keys())
        .containsOnlyKeys("db0 a*b", "db3 a*b", "db12 a*b");
    assertThat(read(uri, where("*", "[a-b]?b")).keys()).hasSize(6);
    assertThat(read(uri, where("*", "[^a]*:1")).keys()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"replica", "scan"})
  void tellsOfALoadThatDidNotComeToItsEnd(String way) {
    try (RedisServer half = RedisServer.start()) {
      half.call("SET", "user:1", "one");
      assertThat(read(half.uri() + "?reading=" + way, DatasetFilter.ALL).warnings()).isEmpty();
      half.call("SET", Records.LEDGER, "a plan");
      KeysRead read = read(half.uri() + "?reading=" + way, DatasetFilter.ALL);
      assertThat(read.keys()).hasSize(1);
      assertThat(read.warnings()).anyMatch(warning -> warning.contains("did not come to its end"));
    }
  }

  @Test
  void refusesDatabasesThatCannotBe() {
    refused(ExitCode.SOURCE_UNREACHABLE, server.uri(99), DatasetFilter.ALL, "has no database 99");
    refused(ExitCode.USAGE, server.uri() + "/shop", DatasetFilter.ALL, "databases are numbers");
    refused(ExitCode.USAGE, server.uri(), where("db5", "*"), "db5 matches no database");
  }

  private static void refused(ExitCode code, String uri, DatasetFilter filter, String said) {
    GodwitException failure = catchThrowableOfType(GodwitException.class, () -> read(uri, filter));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(code);
    assertThat(failure.getMessage()).contains(said);
  }

  static Stream<RedisProgram> programs() {
    return RedisProgram.all().stream();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void carriesLibrariesOfFunctionsWithTheWholeServer(RedisProgram program) {
    try (RedisServer one = RedisServer.start(program)) {
      one.call("SET", "bird", "B6");
      String code =
          "#!lua name=birds\nredis.register_function('km', function(keys, args) return 13560 end)";
      if (!one.has("FUNCTION")) {
        assertThat(KeysRead.of(one.uri()).objects()).isEmpty();
        return;
      }
      one.call("FUNCTION", "LOAD", code);
      for (String way : new String[] {"replica", "scan"}) {
        SchemaObject library = KeysRead.of(one.uri() + "?reading=" + way).objects().get(0);
        assertThat(library.kind()).isEqualTo(Definitions.LIBRARY);
        assertThat(library.name().last()).isEqualTo("birds");
        assertThat(library.definition()).isEqualTo(code);
        assertThat(KeysRead.of(one.uri(0) + "?reading=" + way).objects()).isEmpty();
      }
    }
  }
}
