package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.Documents;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.testkit.sample.GeneratedBytes;
import dev.godwit.testkit.sample.RandomRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.vector.types.pojo.Schema;

/** Fills stores of each shape with the same data each time. */
public final class Samples {
  private static final int LARGE = 9 << 20;

  private Samples() {}

  /** Fills a store as fits its shape; its largest value has a few megabytes. */
  public static MemoryStore fill(MemoryStore store) {
    return fill(store, GeneratedBytes.value(LARGE));
  }

  /** Fills a store as fits its shape; a stream holds this value next to ordinary rows. */
  public static MemoryStore fill(MemoryStore store, LargeBytes value) {
    switch (store.shape()) {
      case TYPED -> typed(store);
      case DOCUMENTS -> documents(store);
      case STREAM -> stream(store, value);
    }
    return store;
  }

  /** How many rows each dataset of a store holds. */
  public static Map<DatasetName, Long> counts(MemoryStore store) {
    Map<DatasetName, Long> counts = new HashMap<>();
    for (Dataset dataset : store.datasets()) {
      counts.put(dataset.name(), (long) store.rows(dataset.name()).size());
    }
    return counts;
  }

  private static void typed(MemoryStore store) {
    Dataset kinds = table("every_kind", EveryKind.schema());
    Dataset customers = table("customers", new Schema(List.of(id(), EveryKind.text("name"))));
    store.put(kinds, RandomRows.list(kinds.schema(), 1010, 1));
    store.put(customers, RandomRows.list(customers.schema(), 300, 2));
    store.put(pictures(), pictureRows());
    store.put(table("empty", customers.schema()), List.of());
    for (Dataset dataset : store.datasets()) {
      store.add(object("table", dataset, Phase.BEFORE_DATA));
      store.add(object("index", dataset, Phase.AFTER_DATA, "table:" + dataset.name()));
    }
    store.add(object("comment", customers, Phase.LAST, "table:" + customers.name()));
    store.addState(object("sequence", customers, Phase.LAST));
    store.addNotCarried("functions", 2);
  }

  private static Dataset table(String name, Schema schema) {
    Dataset plain = Dataset.of(DatasetName.of("shop", name), "table", schema);
    return new Dataset(
        plain.name(),
        plain.kind(),
        schema,
        List.of("id"),
        List.of("id"),
        List.of(),
        List.of(),
        "",
        Dataset.Estimate.UNKNOWN,
        Map.of());
  }

  private static org.apache.arrow.vector.types.pojo.Field id() {
    return EveryKind.integer("id", 64);
  }

  private static SchemaObject object(
      String kind, Dataset dataset, Phase phase, String... dependencies) {
    return new SchemaObject(
        kind + ":" + dataset.name(),
        kind,
        dataset.name(),
        "make " + kind,
        List.of(dependencies),
        phase,
        List.of(dataset.name()),
        Map.of());
  }

  private static Dataset pictures() {
    return table(
        "pictures", new Schema(List.of(id(), EveryKind.binary("data"), EveryKind.text("caption"))));
  }

  /** Two large values in one row, the same value twice, and rows between. */
  private static List<Row> pictureRows() {
    LargeBytes picture = LargeBytes.held(bytes(LARGE, 3));
    byte[] letters = new byte[LARGE + 7];
    Arrays.fill(letters, (byte) 'g');
    return List.of(
        Row.of(0L, new Bytes(bytes(2000, 4)), "small"),
        Row.of(1L, picture, null),
        Row.of(2L, null, "none"),
        Row.of(3L, picture, LargeBytes.held(letters)));
  }

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void documents(MemoryStore store) {
    Schema schema = new Schema(List.of(Fields.bson("document", "document")));
    for (String name : List.of("birds", "nests")) {
      Dataset dataset = Dataset.of(DatasetName.of("zoo", name), "collection", schema);
      Random random = new Random(name.hashCode());
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        rows.add(Row.of(Documents.random(7L * i, random)));
      }
      store.put(dataset, rows);
      store.add(object("index", dataset, Phase.AFTER_DATA));
    }
    Dataset nests = store.datasets().get(1);
    Bytes large = Documents.withBinary(9999, bytes(LARGE, 5));
    store.append(nests.name(), List.of(Row.of(LargeBytes.held(large.array()))));
  }

  private static void stream(MemoryStore store, LargeBytes value) {
    Dataset kinds = Dataset.of(DatasetName.of("every_kind"), "topic", EveryKind.schema());
    store.put(kinds, RandomRows.list(kinds.schema(), 500, 6));
    Schema schema = new Schema(List.of(id(), EveryKind.binary("data")));
    Dataset values = Dataset.of(DatasetName.of("values"), "topic", schema);
    List<Row> rows = new ArrayList<>(RandomRows.list(schema, 300, 7));
    rows.add(Row.of(-1L, value));
    store.put(values, rows);
  }
}
