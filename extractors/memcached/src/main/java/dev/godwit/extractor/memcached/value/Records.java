package dev.godwit.extractor.memcached.value;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.KeyValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The one dataset of a cache. */
public final class Records {
  /** What it is called. */
  public static final DatasetName NAME = DatasetName.of("items");

  /** Column after those of every engine: 32 bits of the client, 0 to 4294967295. */
  public static final int FLAGS = KeyValues.SCHEMA.getFields().size();

  /** Column after the flags, where it was asked for: the item's CAS number. */
  public static final int CAS = FLAGS + 1;

  /** The name of the column of flags. */
  public static final String FLAGS_NAME = "flags";

  /** The name of the column of CAS numbers. */
  public static final String CAS_NAME = "cas";

  private Records() {}

  /** The columns. */
  public static Schema schema(boolean withCas) {
    List<Field> fields = new ArrayList<>(KeyValues.SCHEMA.getFields());
    fields.add(Fields.of(FLAGS_NAME, new ArrowType.Int(64, true), "flags"));
    if (withCas) {
      fields.add(Fields.of(CAS_NAME, new ArrowType.Int(64, false), "cas"));
    }
    return new Schema(fields);
  }

  /**
   * The dataset.
   *
   * @param items how many there are, about
   * @param bytes what they take, about
   */
  public static Dataset dataset(boolean withCas, long items, long bytes) {
    return new Dataset(
        NAME,
        "cache",
        schema(withCas),
        List.of("key", "type", "value", FLAGS_NAME),
        List.of("key"),
        List.of(),
        List.of(),
        "",
        new Dataset.Estimate(items, bytes),
        Map.of(Dataset.EXPIRY_MILLIS, "1000"));
  }
}
