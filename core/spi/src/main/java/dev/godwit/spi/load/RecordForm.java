package dev.godwit.spi.load;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** In which form a loader takes the records of another engine. */
public sealed interface RecordForm {

  /** Rows of typed columns. */
  non-sealed interface Rows extends RecordForm {
    /** How the target holds the values of a field that another engine's extractor made. */
    Placement place(Field field);
  }

  /**
   * Documents: one column of raw BSON ({@link dev.godwit.spi.record.FieldKind#BSON}), named {@code
   * document}; the first element of each is {@code _id}, which names it in its dataset.
   */
  record Documents() implements RecordForm {}

  /**
   * Keys with a value each, in the columns of {@link dev.godwit.spi.record.KeyValues}.
   *
   * @param types the types of value that the target holds, by their words. Where a record of
   *     another shape can become several of them, it becomes the first: {@code hash} makes a field
   *     of each column, {@code string} the JSON of the whole
   * @param further columns after those of {@link dev.godwit.spi.record.KeyValues} that the target
   *     keeps, by their names
   */
  record KeyValues(List<String> types, List<String> further) implements RecordForm {
    /** Copies the lists. */
    public KeyValues {
      types = List.copyOf(types);
      further = List.copyOf(further);
    }

    /** Keys with nothing beside the columns that every engine has. */
    public KeyValues(List<String> types) {
      this(types, List.of());
    }
  }
}
