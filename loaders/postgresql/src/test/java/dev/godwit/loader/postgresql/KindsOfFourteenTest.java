package dev.godwit.loader.postgresql;

import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of object of an older server comes back in the newest. */
class KindsOfFourteenTest {
  private static PostgresServer fourteen;

  @BeforeAll
  static void start() {
    fourteen = PostgresServer.start("14", Map.of());
    Databases.makeRoles(fourteen);
    Databases.makeRoles(PostgresServer.shared());
  }

  @AfterAll
  static void stop() {
    fourteen.close();
  }

  @ParameterizedTest
  @MethodSource("dev.godwit.loader.postgresql.Kinds#ofFourteen")
  void comeBackInTheNewest(List<String> kinds) throws Exception {
    PostgresServer newest = PostgresServer.shared();
    String target = newest.createDatabase();
    Kinds.restore(fourteen.uri(Kinds.make(kinds, fourteen)), newest.uri(target));
  }
}
