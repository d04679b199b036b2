package dev.godwit.mapping.run;

import dev.godwit.mapping.FieldChoice;
import dev.godwit.spi.name.DatasetName;
import java.util.List;

/**
 * What a user wants of one dataset.
 *
 * @param source its name in the source, or its last parts
 * @param fields what of its fields; those that are not named go by default
 */
public record DatasetChoice(DatasetName source, List<FieldChoice> fields) {
  /** Copies the fields. */
  public DatasetChoice {
    fields = List.copyOf(fields);
  }

  /** Whether a dataset of this name is meant. */
  boolean means(DatasetName name) {
    int skipped = name.parts().size() - source.parts().size();
    return skipped >= 0
        && name.parts().subList(skipped, name.parts().size()).equals(source.parts());
  }
}
