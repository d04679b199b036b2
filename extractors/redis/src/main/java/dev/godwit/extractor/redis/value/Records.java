package dev.godwit.extractor.redis.value;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The records of a database: their columns, and the names of datasets. */
public final class Records {
  /** Column: the key. */
  public static final int KEY = 0;

  /** Column: the type's word. */
  public static final int TYPE = 1;

  /** Column: when the key expires, milliseconds; null for never. */
  public static final int EXPIRES = 2;

  /** Column: the bytes of a string, or the payload of a module's value; else null. */
  public static final int VALUE = 3;

  /** Column: the JSON of any other type; else null. */
  public static final int ELEMENTS = 4;

  /** What the records of every database look like. */
  public static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("key", ArrowType.Binary.INSTANCE, "key"),
              Fields.of("type", ArrowType.Utf8.INSTANCE, "type"),
              Fields.of("expires", new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC"), "expiry"),
              Fields.of("value", ArrowType.Binary.INSTANCE, "string"),
              Fields.json("elements", "elements")));

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
        SCHEMA,
        List.of("key", "type"),
        List.of("key"),
        List.of(),
        List.of(),
        "",
        new Dataset.Estimate(keys, -1),
        Map.of());
  }
}
