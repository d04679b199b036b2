package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One store: datasets with their rows, definitions, and the ledger of a load. Thread-safe. */
public final class MemoryStore {
  private final String name;
  private final Shape shape;
  private final Path folder;
  private final Map<DatasetName, Table> tables = new LinkedHashMap<>();
  private final Map<String, SchemaObject> objects = new LinkedHashMap<>();
  private final Map<String, SchemaObject> state = new LinkedHashMap<>();
  private final TreeMap<String, Long> notCarried = new TreeMap<>();
  private Optional<MemoryLedger> ledger = Optional.empty();

  MemoryStore(String name, Shape shape, Path folder) {
    this.name = name;
    this.shape = shape;
    this.folder = folder;
  }

  /** Its name on its server. */
  public String name() {
    return name;
  }

  /** What it is like. */
  public Shape shape() {
    return shape;
  }

  /** Where large values that are loaded into it are kept. */
  Path folder() {
    return folder;
  }

  StoreInfo info() {
    return new StoreInfo(shape.engine(), "1.0", "memory-" + System.identityHashCode(folder));
  }

  /** Makes a dataset, or empties it if it is there. */
  public synchronized void put(Dataset dataset, Collection<Row> rows) {
    tables.put(dataset.name(), new Table(dataset));
    append(dataset.name(), rows);
  }

  /** Makes a dataset unless it is there. */
  synchronized void create(Dataset dataset) {
    tables.computeIfAbsent(dataset.name(), n -> new Table(dataset));
  }

  /** Adds rows; documents replace those of the same {@code _id}. */
  public synchronized void append(DatasetName dataset, Collection<Row> rows) {
    Table table = table(dataset);
    for (Row row : rows) {
      if (shape == Shape.DOCUMENTS) {
        table.documents.put(key(row), row);
      } else {
        table.rows.add(row);
      }
    }
  }

  synchronized void remove(DatasetName dataset, Collection<Long> keys) {
    table(dataset).documents.keySet().removeAll(keys);
  }

  /** The {@code _id} of a document, also of one too large for its row. */
  static long key(Row document) {
    if (document.get(0) instanceof LargeBytes large) {
      try (InputStream bytes = large.open()) {
        return Documents.id(new Bytes(bytes.readNBytes(Documents.ID_END)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Documents.id((Bytes) document.get(0));
  }

  /** Adds a definition. */
  public synchronized void add(SchemaObject object) {
    if (objects.putIfAbsent(object.id(), object) != null) {
      throw new IllegalStateException(object.id() + " exists already");
    }
  }

  /** Adds a definition that is read after the data. */
  public synchronized void addState(SchemaObject object) {
    if (state.putIfAbsent(object.id(), object) != null) {
      throw new IllegalStateException(object.id() + " exists already");
    }
  }

  /** Says how many of a kind are there that no run carries. */
  public synchronized void addNotCarried(String kind, long count) {
    notCarried.put(kind, count);
  }

  /** The datasets, in the order in which they were made. */
  public synchronized List<Dataset> datasets() {
    return tables.values().stream().map(table -> table.dataset).toList();
  }

  /** The rows of a dataset; documents by their {@code _id}. */
  public synchronized List<Row> rows(DatasetName dataset) {
    Table table = table(dataset);
    return shape == Shape.DOCUMENTS
        ? new ArrayList<>(table.documents.values())
        : new ArrayList<>(table.rows);
  }

  /** The definitions, in the order in which they were made. */
  public synchronized List<SchemaObject> objects() {
    return new ArrayList<>(objects.values());
  }

  /** The definitions that are read after the data. */
  public synchronized List<SchemaObject> state() {
    return new ArrayList<>(state.values());
  }

  synchronized SortedMap<String, Long> notCarried() {
    return new TreeMap<>(notCarried);
  }

  /** Whether nothing was ever put into it. */
  public synchronized boolean isEmpty() {
    return tables.isEmpty() && objects.isEmpty() && state.isEmpty();
  }

  /** The ledger of an unfinished load. */
  public synchronized Optional<MemoryLedger> ledger() {
    return ledger;
  }

  synchronized void setLedger(Optional<MemoryLedger> current) {
    ledger = current;
  }

  private Table table(DatasetName dataset) {
    Table table = tables.get(dataset);
    if (table == null) {
      throw new IllegalStateException(dataset + " was never made");
    }
    return table;
  }

  private static final class Table {
    private final Dataset dataset;
    private final List<Row> rows = new ArrayList<>();
    private final TreeMap<Long, Row> documents = new TreeMap<>();

    Table(Dataset dataset) {
      this.dataset = dataset;
    }
  }
}
