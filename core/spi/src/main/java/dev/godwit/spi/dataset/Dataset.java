package dev.godwit.spi.dataset;

import dev.godwit.spi.name.DatasetName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One table, collection or key space, described for any target.
 *
 * @param name its path
 * @param kind what it is in its store, in lower case, such as {@code table}, {@code collection}
 * @param schema its columns as Arrow fields, all nullable; generated columns are not among them
 * @param required names of the columns that the source declares to be never null
 * @param key names of the columns of its primary key, in order; empty where there is none
 * @param indexes its other indexes, as far as any target could make them
 * @param references its foreign keys
 * @param partitioning how the store divides it, in the engine's words; empty where it does not
 * @param estimate how much is in it, for progress and for planning; never relied on
 * @param attributes what else its plugin wants back when the dataset is read or loaded; plugin's
 *     own keys
 */
public record Dataset(
    DatasetName name,
    String kind,
    Schema schema,
    List<String> required,
    List<String> key,
    List<Index> indexes,
    List<Reference> references,
    String partitioning,
    Estimate estimate,
    Map<String, String> attributes) {

  /** Attribute of a dataset that any target makes from its description. */
  private static final String NEUTRAL = "godwit.neutral";

  /**
   * Attribute of a dataset that is one part of a divided one: the names of the columns that decide
   * which records belong into it, one a line.
   */
  public static final String PARTITION_COLUMNS = "godwit.partition-columns";

  /**
   * Attribute of a dataset that is one part of a divided one, where another database may put the
   * same records into other parts of it: the name of what is divided so. Parts of one hold the same
   * records as those of another database only together.
   */
  public static final String PLACED_WITHIN = "godwit.placed-within";

  /**
   * Attribute of a dataset that only its own engine can take, as PostgreSQL's large objects: for
   * how many things it stands. A target of another engine gets none of it, and is told so.
   */
  public static final String OWN_ENGINE = "godwit.own-engine";

  /**
   * Attribute of a dataset some of whose columns its engine computes from others: their names, one
   * a line. They are no fields of it: where its own definition makes it, they come of themselves.
   */
  public static final String COMPUTED_COLUMNS = "computed-columns";

  /**
   * Attribute of a dataset some of whose columns were not to be read: its engine's own definitions
   * tell of those too, and do not fit its records.
   */
  public static final String CHOSEN_COLUMNS = "godwit.chosen-columns";

  /**
   * Attribute of a dataset whose records users keep in a table that an extension makes: no
   * definition of the dataset's own makes it.
   */
  public static final String ROWS_OF_EXTENSION = "rows-of-extension";

  /**
   * Attribute of a dataset of documents that were made of rows: the path of a field whose name
   * begins with a dollar, which not every store of documents takes.
   */
  public static final String DOLLAR_FIELD = "godwit.dollar-field";

  /**
   * Attribute of a dataset of keys with values whose store keeps no finer expiries: of how many
   * milliseconds each is a multiple. Where it is missing, that is 1.
   */
  public static final String EXPIRY_MILLIS = "godwit.expiry-millis";

  /** An index over plain columns. */
  public record Index(String name, List<String> columns, boolean unique) {
    /** Copies the columns. */
    public Index {
      columns = List.copyOf(columns);
    }
  }

  /** A foreign key: these columns point at those of another dataset. */
  public record Reference(
      String name, List<String> columns, DatasetName target, List<String> targetColumns) {
    /** Copies the columns. */
    public Reference {
      columns = List.copyOf(columns);
      targetColumns = List.copyOf(targetColumns);
    }
  }

  /**
   * How much is in a dataset.
   *
   * @param rows records, or -1 where nothing is known
   * @param bytes in the store, or -1 where nothing is known
   */
  public record Estimate(long rows, long bytes) {
    /** Nothing is known. */
    public static final Estimate UNKNOWN = new Estimate(-1, -1);
  }

  /** Copies the collections. */
  public Dataset {
    required = List.copyOf(required);
    key = List.copyOf(key);
    indexes = List.copyOf(indexes);
    references = List.copyOf(references);
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** A dataset of which only name, kind and schema are known. */
  public static Dataset of(DatasetName name, String kind, Schema schema) {
    return new Dataset(
        name,
        kind,
        schema,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "",
        Estimate.UNKNOWN,
        Map.of());
  }

  /** The same dataset under another name. */
  public Dataset named(DatasetName other) {
    return new Dataset(
        other,
        kind,
        schema,
        required,
        key,
        indexes,
        references,
        partitioning,
        estimate,
        attributes);
  }

  /**
   * The columns whose values decide that a record belongs into this part of a divided dataset;
   * empty where it is not one, or the source does not say.
   */
  public List<String> partitionColumns() {
    return attributes.getOrDefault(PARTITION_COLUMNS, "").lines().toList();
  }

  /** The dataset all of whose parts hold the records of this part in another database, if any. */
  public Optional<DatasetName> placedWithin() {
    return Optional.ofNullable(attributes.get(PLACED_WITHIN)).map(DatasetName::parse);
  }

  /** Of how many milliseconds the expiries of its keys are multiples, at least 1. */
  public long expiryMillis() {
    return Long.parseLong(attributes.getOrDefault(EXPIRY_MILLIS, "1"));
  }

  /**
   * Whether the target makes it from this description, even where its engine is the source's: there
   * is no definition of it, as of a query, or it tells of something else.
   */
  public boolean neutral() {
    return attributes.containsKey(NEUTRAL);
  }

  /** The same dataset, to be made from this description by any target. */
  public Dataset asNeutral() {
    Map<String, String> marked = new TreeMap<>(attributes);
    marked.put(NEUTRAL, "true");
    return new Dataset(
        name, kind, schema, required, key, indexes, references, partitioning, estimate, marked);
  }
}
