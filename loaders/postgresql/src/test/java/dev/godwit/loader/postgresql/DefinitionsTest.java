package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.testkit.sample.RichDatabase;
import dev.godwit.testkit.server.PostgresServer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The definitions of a rich schema make the same schema again, as pg_dump sees it. */
class DefinitionsTest {

  @Test
  void makeTheSameSchemaAgain() throws Exception {
    PgDump.require();
    try (PostgresServer server = PostgresServer.start("15", Map.of())) {
      String source = server.createDatabase();
      String target = server.createDatabase();
      server.execute(source, RichDatabase.definitions(14));
      List<SchemaObject> objects = Databases.objects(server, source);
      Databases.apply(server, target, objects);
      String made = PgDump.of(server, target);
      assertThat(made).contains("CREATE TABLE app.puppy");
      PgDump.assertSame(made, PgDump.of(server, source));
      eachComesAfterWhatItNeeds(objects);
    }
  }

  private static void eachComesAfterWhatItNeeds(List<SchemaObject> objects) {
    Set<String> made = new HashSet<>();
    for (SchemaObject object : objects) {
      assertThat(made).as(object.id()).containsAll(object.dependencies());
      assertThat(made.add(object.id())).as("unique: " + object.id()).isTrue();
    }
  }
}
