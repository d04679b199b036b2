package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Shape;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelectedRunTest {
  private static final DatasetName ORDERS = DatasetName.of("shop", "public", "orders");
  private static final DatasetName ITEMS = DatasetName.of("shop", "public", "items");
  private static final DatasetName LOGS = DatasetName.of("shop", "audit", "logs");

  private final Scene scene = new Scene();
  private MemoryStore store;

  @BeforeEach
  void fill() {
    store = scene.empty(Shape.TYPED);
    Schema schema = new Schema(List.of(EveryKind.integer("id", 64)));
    for (DatasetName name : List.of(ORDERS, ITEMS, LOGS)) {
      store.put(Dataset.of(name, "table", schema), List.of(Row.of(1L), Row.of(2L)));
    }
    add("schema:public", Phase.BEFORE_DATA, List.of());
    add("schema:audit", Phase.BEFORE_DATA, List.of());
    add("type:money", Phase.BEFORE_DATA, List.of(), "schema:public");
    add("type:price", Phase.BEFORE_DATA, List.of(), "type:money");
    add("type:unused", Phase.BEFORE_DATA, List.of(), "schema:audit");
    add("table:orders", Phase.BEFORE_DATA, List.of(ORDERS), "schema:public");
    add("table:items", Phase.BEFORE_DATA, List.of(ITEMS), "type:price");
    add("table:logs", Phase.BEFORE_DATA, List.of(LOGS), "schema:audit");
    add("index:items", Phase.AFTER_DATA, List.of(ITEMS), "table:items");
    add("key:items-orders", Phase.LAST, List.of(ITEMS, ORDERS), "table:items", "table:orders");
    store.addState(object("state:orders", Phase.LAST, List.of(ORDERS)));
    store.addState(object("state:price", Phase.LAST, List.of(), "type:price"));
    store.addState(object("state:items", Phase.LAST, List.of(ITEMS)));
    store.addNotCarried("functions", 3);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void add(String id, Phase phase, List<DatasetName> datasets, String... needs) {
    store.add(object(id, phase, datasets, needs));
  }

  private static SchemaObject object(
      String id, Phase phase, List<DatasetName> datasets, String... needs) {
    return new SchemaObject(
        id, "kind", DatasetName.of(id), "make", List.of(needs), phase, datasets, Map.of());
  }

  private static DatasetFilter filter(List<String> include, List<String> exclude) {
    return new DatasetFilter(
        include.stream().map(DatasetPattern::parse).toList(),
        exclude.stream().map(DatasetPattern::parse).toList(),
        List.of(),
        List.of());
  }

  private static List<String> ids(Catalogue catalogue) {
    try (Stream<SchemaObject> objects = catalogue.objects()) {
      return objects.map(SchemaObject::id).toList();
    }
  }

  @Test
  void aFilterThatTakesAllChangesNothing() {
    ExtractRun run = scene.read(store);
    assertThat(SelectedRun.of(run, DatasetFilter.ALL)).isSameAs(run);
    Catalogue catalogue = run.catalogue();
    assertThat(SelectedRun.of(catalogue, DatasetFilter.ALL)).isSameAs(catalogue);
  }

  @Test
  void takesWhatBelongsToTheDatasetsAndWhatThatNeeds() {
    ExtractRun part = SelectedRun.of(scene.read(store), filter(List.of("items"), List.of()));
    assertThat(part.catalogue().datasets().map(Dataset::name)).containsExactly(ITEMS);
    assertThat(ids(part.catalogue()))
        .containsExactly("schema:public", "type:money", "type:price", "table:items", "index:items");
    assertThat(ids(part.catalogue())).as("asked again").hasSize(5);
    assertThat(part.conclude().state().stream().map(SchemaObject::id))
        .containsExactly("state:price", "state:items");
    assertThat(part.catalogue().notCarried()).containsExactly(Map.entry("functions", 3L));
  }

  @Test
  void takesWhatPointsAtSeveralDatasetsOnlyWithAllOfThem() {
    ExtractRun run = scene.read(store);
    assertThat(ids(SelectedRun.of(run.catalogue(), filter(List.of(), List.of("audit.*")))))
        .contains("key:items-orders", "table:orders")
        .doesNotContain("table:logs");
    assertThat(ids(SelectedRun.of(run.catalogue(), filter(List.of(), List.of("orders")))))
        .contains("table:logs", "schema:audit")
        .doesNotContain("key:items-orders", "table:orders");
  }

  /** A partition's definition, for instance, names the table that it is a partition of. */
  @Test
  void takesADatasetsDefinitionWhereATakenOneNeedsIt() {
    add("table:leaf", Phase.BEFORE_DATA, List.of(LOGS), "table:orders");
    ExtractRun part = SelectedRun.of(scene.read(store), filter(List.of("logs"), List.of()));
    assertThat(ids(part.catalogue())).contains("table:leaf", "table:orders");
    assertThat(part.catalogue().datasets().map(Dataset::name)).containsExactly(LOGS);
  }

  @Test
  void takesTheWholeOfATableThatIsDividedByItsName() {
    DatasetName sales = DatasetName.of("shop", "public", "sales");
    DatasetName europe = DatasetName.of("shop", "public", "europe");
    add("table:sales", Phase.BEFORE_DATA, List.of(sales));
    add("table:europe", Phase.BEFORE_DATA, List.of(europe));
    partition(europe, sales);
    partition(ORDERS, europe);
    partition(LOGS, sales);
    ExtractRun run = scene.read(store);

    Catalogue all = SelectedRun.of(run.catalogue(), filter(List.of("sales"), List.of()));
    assertThat(all.datasets().map(Dataset::name)).containsExactly(ORDERS, LOGS);
    assertThat(ids(all))
        .contains("table:sales", "table:europe", "table:orders", "table:logs")
        .contains("partition:orders", "partition:europe", "partition:logs")
        .doesNotContain("table:items", "key:items-orders");

    assertThat(names(run, List.of("europe"), List.of())).containsExactly(ORDERS);
    assertThat(names(run, List.of("sales"), List.of("europe"))).containsExactly(LOGS);
    assertThat(names(run, List.of(), List.of("sales"))).containsExactly(ITEMS);
    assertThat(names(run, List.of("sales"), List.of("orders"))).containsExactly(LOGS);
    usage(run, filter(List.of("sales", "asia"), List.of()), "'asia'");
  }

  private void partition(DatasetName part, DatasetName whole) {
    store.add(
        new SchemaObject(
            "partition:" + part.last(),
            "partition",
            part,
            "attach",
            List.of("table:" + part.last(), "table:" + whole.last()),
            Phase.BEFORE_DATA,
            List.of(part, whole),
            Map.of()));
  }

  private static List<DatasetName> names(
      ExtractRun run, List<String> include, List<String> exclude) {
    return SelectedRun.of(run.catalogue(), filter(include, exclude))
        .datasets()
        .map(Dataset::name)
        .toList();
  }

  @Test
  void movesOnlyWhatIsTaken() {
    ExtractRun part = SelectedRun.of(scene.read(store), filter(List.of("public.*"), List.of()));
    MemoryStore target = scene.empty(Shape.TYPED);
    TransferReport report = scene.transfer(2).run(part, scene.load(target, part, false));
    assertThat(report.datasets()).isEqualTo(2);
    assertThat(target.datasets().stream().map(Dataset::name)).containsExactly(ORDERS, ITEMS);
  }

  @Test
  void movesOnlyWhatIsTakenOfOnePass() {
    MemoryStore stream = scene.filled(Shape.STREAM);
    ExtractRun part = SelectedRun.of(scene.read(stream), filter(List.of("every_kind"), List.of()));
    MemoryStore target = scene.empty(Shape.STREAM);
    scene.transfer(2).run(part, scene.load(target, part, false));
    assertThat(scene.fingerprints(target))
        .hasSize(1)
        .containsEntry(
            DatasetName.of("every_kind"),
            scene.fingerprints(stream).get(DatasetName.of("every_kind")));
  }

  @Test
  void refusesWhatMatchesNothing() {
    ExtractRun run = scene.read(store);
    usage(run, filter(List.of("ordres"), List.of()), "'ordres'");
    usage(run, filter(List.of("orders", "ordres"), List.of()), "'ordres'");
    usage(run, filter(List.of("orders"), List.of("o*")), "'o*'");
  }

  @Test
  void refusesConditionsAndColumns() {
    ExtractRun run = scene.read(store);
    DatasetPattern orders = DatasetPattern.parse("orders");
    usage(
        run,
        new DatasetFilter(
            List.of(), List.of(), List.of(new DatasetFilter.Where(orders, "id<9")), List.of()),
        "--where");
    usage(
        run,
        new DatasetFilter(
            List.of(),
            List.of(),
            List.of(),
            List.of(new DatasetFilter.Columns(orders, List.of("id")))),
        "--columns");
  }

  private static void usage(ExtractRun run, DatasetFilter filter, String named) {
    assertThatThrownBy(() -> SelectedRun.of(run, filter))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.getMessage() + e.hint().orElse("")).contains(named);
            });
  }
}
