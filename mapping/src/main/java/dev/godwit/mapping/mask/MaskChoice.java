package dev.godwit.mapping.mask;

import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import java.util.Collection;

/**
 * A column that is to be masked.
 *
 * @param datasets whose column
 * @param column its name in the source
 * @param kind how
 */
public record MaskChoice(DatasetPattern datasets, String column, MaskKind kind) {

  /**
   * Reads {@code customers.email} and a mask: the last part is the column, what is before it a
   * pattern of datasets.
   *
   * @throws IllegalArgumentException if either cannot be read
   */
  public static MaskChoice parse(String where, String kind) {
    int dot = -1;
    boolean quoted = false;
    for (int at = 0; at < where.length(); at++) {
      if (where.charAt(at) == '"') {
        quoted = !quoted;
      } else if (where.charAt(at) == '.' && !quoted) {
        dot = at;
      }
    }
    if (dot < 1) {
      throw new IllegalArgumentException("'" + where + "' names no column of a dataset");
    }
    return new MaskChoice(
        DatasetPattern.parse(where.substring(0, dot)),
        DatasetName.parse(where.substring(dot + 1)).last(),
        MaskKind.parse(kind));
  }

  /** Whether a column of a dataset of any of these names is meant. */
  public boolean matches(Collection<DatasetName> names, String of) {
    return column.equals(of) && names.stream().anyMatch(datasets::matches);
  }

  /** As it is written on a command line. */
  @Override
  public String toString() {
    return datasets + "." + DatasetName.of(column) + "=" + kind;
  }
}
