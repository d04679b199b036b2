package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
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
      Set<String> alone =
          Set.of("triggers", "public-anew", "public-given", "public-closed", "names", "odd");
      List<String> kinds = Kinds.all().filter(kind -> !alone.contains(kind)).toList();
      for (String kind : kinds) {
        Databases.run(server, source, hardlyNamed(kind));
      }
      // Its event triggers forbid to drop things: they come last.
      Databases.run(server, source, hardlyNamed("triggers"));
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
    return Databases.script("kinds/" + kind + ".sql")
        .replaceAll("\\bapp\\b", Matcher.quoteReplacement(quoted));
  }
}
