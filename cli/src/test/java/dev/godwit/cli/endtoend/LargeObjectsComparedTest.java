package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large objects are compared where both sides can have them, and missed where one has none. */
class LargeObjectsComparedTest {
  @TempDir private Path folder;
  private Database papers;
  private String vault;

  @BeforeEach
  void fill() {
    papers = Database.empty();
    papers.execute(
        """
        create table papers (id int primary key, body oid);
        insert into papers values (1, lo_from_bytea(70001, 'one'));
        select lo_create(70002);
        """);
    vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", papers.uri(), vault).status()).isZero();
  }

  private static void isTold(Invocation compared, int status, String told) {
    assertThat(compared.status()).as(compared.out() + compared.err()).isEqualTo(status);
    assertThat(compared.out() + compared.err()).contains(told);
  }

  @Test
  void oneThatIsEmptyIsMissedToo() throws Exception {
    Database copy = Database.empty();
    assertThat(Invocation.of("restore", "-q", vault, copy.uri()).status()).isZero();
    isTold(Invocation.of("compare", copy.uri(), vault), 0, "the same");
    copy.execute("select lo_unlink(70002)");
    isTold(Invocation.of("compare", copy.uri(), vault), 4, "large objects: 1 in A, 2 in B");
    isTold(Invocation.of("compare", papers.uri(), copy.uri()), 4, "large objects: 2 in A, 1 in B");
    Invocation json = Invocation.of("compare", "--json", vault, copy.uri());
    JsonNode compared =
        new ObjectMapper()
            .readTree(
                json.out().lines().filter(l -> l.contains("\"counts\":\"")).findFirst().get());
    assertThat(compared.get("same").asBoolean()).isFalse();
    assertThat(compared.get("counts").asText()).isEqualTo("large objects: 2 in A, 1 in B");
    copy.execute("select lo_unlink(70001)");
    isTold(Invocation.of("compare", vault, copy.uri()), 4, "only in A");
    isTold(Invocation.of("compare", copy.uri(), vault), 4, "only in B");
  }

  @Test
  void anotherEngineHasNone() {
    String documents = MongoServer.shared().uri(MongoServer.shared().freeName());
    assertThat(Invocation.of("migrate", papers.uri(), documents).status()).isEqualTo(3);
    for (String side : new String[] {papers.uri(), vault}) {
      isTold(Invocation.of("compare", side, documents), 4, "only in A");
      isTold(Invocation.of("compare", documents, side), 4, "only in B");
      isTold(
          Invocation.of("compare", side, documents, "--exclude", "pg_largeobject"),
          0,
          "the same: 1 dataset");
    }
  }
}
