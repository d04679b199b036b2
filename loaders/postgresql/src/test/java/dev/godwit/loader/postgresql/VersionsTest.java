package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.testkit.sample.RichDatabase;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The definitions make the same schema again on every version, as the catalogue shows it. */
class VersionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"14", "16", "17"})
  void olderServersMakeTheSameAgain(String version) throws Exception {
    try (PostgresServer server = PostgresServer.start(version, Map.of())) {
      makesTheSameAgain(server, Integer.parseInt(version));
    }
  }

  @Test
  void theNewestServerMakesTheSameAgain() throws Exception {
    makesTheSameAgain(PostgresServer.shared(), 18);
  }

  private static void makesTheSameAgain(PostgresServer server, int version) throws Exception {
    String source = server.createDatabase();
    String target = server.createDatabase();
    server.execute(source, RichDatabase.definitions(version));
    if (version >= 18) {
      server.execute(target, "create extension btree_gist");
    }
    List<SchemaObject> objects = Databases.objects(server, source);
    Databases.apply(server, target, objects);
    List<String> was = CatalogueLines.of(server, source);
    List<String> is = CatalogueLines.of(server, target);
    assertThat(without(was, is)).as("missing").isEmpty();
    assertThat(without(is, was)).as("too much").isEmpty();
    assertThat(is).as("how often each").hasSameSizeAs(was);
    assertThat(Databases.objects(server, target).stream().map(SchemaObject::definition))
        .containsExactlyElementsOf(objects.stream().map(SchemaObject::definition).toList());
  }

  private static List<String> without(List<String> all, List<String> others) {
    return all.stream().filter(line -> !others.contains(line)).toList();
  }
}
