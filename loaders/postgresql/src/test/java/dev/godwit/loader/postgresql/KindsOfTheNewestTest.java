package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of object of the newest server comes back as its catalogue saw it before. */
class KindsOfTheNewestTest {
  @ParameterizedTest
  @MethodSource("dev.godwit.loader.postgresql.Kinds#ofTheNewest")
  void areTheSameToTheCatalogue(List<String> kinds) throws Exception {
    PostgresServer newest = PostgresServer.shared();
    Databases.makeRoles(newest);
    String source = Kinds.make(kinds, newest);
    String target = newest.createDatabase();
    Kinds.restore(newest.uri(source), newest.uri(target));
    assertThat(CatalogueLines.of(newest, target))
        .containsExactlyElementsOf(CatalogueLines.of(newest, source));
    assertThat(Kinds.definitions(newest, target))
        .containsExactlyInAnyOrderElementsOf(Kinds.definitions(newest, source));
  }
}
