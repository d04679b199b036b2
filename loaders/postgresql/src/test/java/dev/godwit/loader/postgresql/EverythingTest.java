package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database that holds all kinds at once, in schemas whose names are hard to quote. */
class EverythingTest {

  @Test
  void isTheSameToPgDump() throws Exception {
    PgDump.require();
    try (PostgresServer server = PostgresServer.start("15", Map.of())) {
      Databases.makeRoles(server);
      String source = server.createDatabase();
      String target = server.createDatabase();
      // Event triggers forbid to drop things: they come last.
      for (String kind : Kinds.all().limit(5).flatMap(List::stream).toList()) {
        Databases.run(server, source, hardlyNamed(kind));
      }
      try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
        restore.all();
      }
      PgDump.assertSame(PgDump.schema(server, target), PgDump.schema(server, source));
      assertThat(Databases.objects(server, target).stream().map(SchemaObject::definition))
          .containsExactlyInAnyOrderElementsOf(
              Databases.objects(server, source).stream().map(SchemaObject::definition).toList());
    }
  }

  /** A script in a schema of 63 bytes that needs quoting everywhere. */
  private static String hardlyNamed(String kind) {
    StringBuilder name = new StringBuilder("A \"\".b; -- $1 🐦 " + kind + " ");
    while (name.toString().replace("\"\"", "\"").getBytes(StandardCharsets.UTF_8).length < 63) {
      name.append('x');
    }
    String quoted = "\"" + name + "\"";
    return Kinds.script(kind, quoted);
  }
}
