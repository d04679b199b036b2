package dev.godwit.extractor.redis.value;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.KeyValues;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The datasets of a server: its databases. */
public final class Records {
  /** The key under which a load notes what it has done. It is never read as a record. */
  public static final String LEDGER = "_godwit:ledger";

  private Records() {}

  /** What a database is called. */
  public static DatasetName name(int database) {
    return DatasetName.of("db" + database);
  }

  /** The number of a database; nothing for a name that is none. */
  public static OptionalInt database(DatasetName name) {
    return name.last().matches("db[0-9]{1,6}")
        ? OptionalInt.of(Integer.parseInt(name.last().substring(2)))
        : OptionalInt.empty();
  }

  /**
   * A database as a dataset.
   *
   * @param keys how many it holds; -1 where nothing is known
   */
  public static Dataset dataset(int database, long keys) {
    return new Dataset(
        name(database),
        "database",
        KeyValues.SCHEMA,
        List.of("key", "type"),
        List.of("key"),
        List.of(),
        List.of(),
        "",
        new Dataset.Estimate(keys, -1),
        Map.of());
  }
}
