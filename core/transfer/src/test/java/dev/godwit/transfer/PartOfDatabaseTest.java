package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A part of a database takes what is said of all that it takes, and tells of what it lacks. */
class PartOfDatabaseTest {
  private static final DatasetName ORDERS = DatasetName.of("shop", "public", "orders");
  private static final DatasetName LOGS = DatasetName.of("shop", "public", "logs");
  private static final DatasetName PAGES = DatasetName.of("shop", "pg_catalog", "pg_largeobject");
  private static final DatasetName CONFIG = DatasetName.of("shop", "words", "config");

  private final Scene scene = new Scene();
  private ExtractRun run;

  @BeforeEach
  void fill() {
    MemoryStore store = scene.empty(Shape.TYPED);
    store.put(table(ORDERS, "table", Map.of()), List.of());
    store.put(table(LOGS, "table", Map.of()), List.of());
    store.put(table(PAGES, "large objects", Map.of(Dataset.OWN_ENGINE, "2308")), List.of());
    store.put(table(CONFIG, "table", Map.of(Dataset.ROWS_OF_EXTENSION, "true")), List.of());
    List<SchemaObject> objects = new ArrayList<>();
    objects.add(object("database:locale", "database", List.of()));
    objects.add(object("role:clerk", "role", List.of()));
    objects.add(object("role:boss", "role", List.of()));
    objects.add(object("role setting:clerk.work_mem", "role setting", List.of(), "role:clerk"));
    objects.add(
        object("membership:clerk of boss", "membership", List.of(), "role:boss", "role:clerk"));
    objects.add(object("schema:public", "schema", List.of()));
    objects.add(object("type:mood", "type", List.of(), "schema:public"));
    objects.add(object("type:spare", "type", List.of(), "schema:public"));
    objects.add(object("table:orders", "table", List.of(ORDERS), "type:mood"));
    objects.add(object("table:logs", "table", List.of(LOGS), "schema:public"));
    objects.add(object("index:logs", "index", List.of(LOGS), "table:logs"));
    objects.add(object("view:of logs", "view", List.of(), "table:logs"));
    objects.add(object("view:of that", "view", List.of(), "view:of logs"));
    objects.add(object("owner:TYPE mood", "owner", List.of(), "type:mood", "role:clerk"));
    objects.add(object("comment:TYPE mood", "comment", List.of(), "type:mood"));
    objects.add(object("comment:TYPE spare", "comment", List.of(), "type:spare"));
    objects.add(object("owner:VIEW of logs", "owner", List.of(), "view:of logs"));
    objects.add(object("default privileges:ON TABLES", "privileges", List.of(), "schema:public"));
    objects.add(object("privileges:DATABASE", "privileges", List.of()));
    objects.add(object("comment:DATABASE", "comment", List.of()));
    objects.add(object("setting:database work_mem", "setting", List.of()));
    objects.add(object("event trigger:watch", "event trigger", List.of()));
    objects.forEach(store::add);
    run = scene.read(store);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private static Dataset table(DatasetName name, String kind, Map<String, String> attributes) {
    return new Dataset(
        name,
        kind,
        new Schema(List.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "",
        Dataset.Estimate.UNKNOWN,
        attributes);
  }

  private static SchemaObject object(
      String id, String kind, List<DatasetName> datasets, String... needs) {
    return new SchemaObject(
        id,
        kind,
        DatasetName.of("shop", id),
        "make",
        List.of(needs),
        Phase.LAST,
        datasets,
        Map.of());
  }

  private Catalogue part(List<String> include, List<String> exclude) {
    return SelectedRun.of(
            run,
            new DatasetFilter(
                include.stream().map(DatasetPattern::parse).toList(),
                exclude.stream().map(DatasetPattern::parse).toList(),
                List.of(),
                List.of()))
        .catalogue();
  }

  private static List<String> ids(Catalogue catalogue) {
    try (Stream<SchemaObject> objects = catalogue.objects()) {
      return objects.map(SchemaObject::id).toList();
    }
  }

  private static List<String> told(Catalogue catalogue) {
    return catalogue.leftOut().stream()
        .map(left -> left.kind() + " " + left.count() + " " + left.first())
        .toList();
  }

  @Test
  void whatIsSaidOfWhatIsTakenIsTaken() {
    assertThat(ids(part(List.of("orders"), List.of())))
        .containsExactly(
            "role:clerk",
            "role setting:clerk.work_mem",
            "schema:public",
            "type:mood",
            "table:orders",
            "owner:TYPE mood",
            "comment:TYPE mood");
  }

  @Test
  void whatNobodyCouldHaveChosenIsTold() {
    assertThat(told(part(List.of("orders"), List.of())))
        .containsExactly(
            "database comment 1 [shop.comment:DATABASE]",
            "database privileges 1 [shop.privileges:DATABASE]",
            "default privileges 1 [shop.\"default privileges:ON TABLES\"]",
            "event trigger 1 [shop.\"event trigger:watch\"]",
            "large objects 2308 [shop.pg_catalog.pg_largeobject]",
            "membership 1 [shop.\"membership:clerk of boss\"]",
            "role 1 [shop.role:boss]",
            "rows of extension 1 [shop.words.config]",
            "setting 1 [shop.\"setting:database work_mem\"]",
            "type 1 [shop.type:spare]",
            "view 2 [shop.\"view:of logs\", shop.\"view:of that\"]");
  }

  @Test
  void allComesButWhatIsLeftOutAndWhatNeedsThat() {
    Catalogue part = part(List.of(), List.of("logs"));
    assertThat(ids(run.catalogue()))
        .filteredOn(id -> !ids(part).contains(id))
        .containsExactly(
            "table:logs", "index:logs", "view:of logs", "view:of that", "owner:VIEW of logs");
    assertThat(told(part))
        .containsExactly(
            "table 1 [shop.public.logs]", "view 2 [shop.\"view:of logs\", shop.\"view:of that\"]");
    assertThat(told(part(List.of(), List.of("pg_largeobject", "config"))))
        .containsExactly(
            "large objects 2308 [shop.pg_catalog.pg_largeobject]",
            "rows of extension 1 [shop.words.config]");
  }
}
