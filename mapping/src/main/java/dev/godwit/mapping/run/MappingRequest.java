package dev.godwit.mapping.run;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.mask.Masks;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.Renames;
import java.util.List;

/**
 * What a user wants of a mapping.
 *
 * @param renames what is to have another name in the target
 * @param columns which columns were chosen where the source was read
 * @param policy what becomes of values that the target cannot hold
 * @param flatten whether fields that all documents share become columns
 * @param choices of datasets and fields
 * @param masks of columns
 */
public record MappingRequest(
    Renames renames,
    List<DatasetFilter.Columns> columns,
    OnLossy policy,
    boolean flatten,
    List<DatasetChoice> choices,
    Masks masks) {

  /** Nothing but what goes by default. */
  public static final MappingRequest PLAIN =
      new MappingRequest(Renames.NONE, List.of(), OnLossy.FAIL, false, List.of(), Masks.NONE);

  /**
   * The same for the same request, and for no other.
   *
   * <p>Where nothing but names is asked for it is the names alone, as it was before there was more.
   */
  public String mark() {
    String names = renames.names().toString();
    boolean plain =
        columns.isEmpty()
            && policy == OnLossy.FAIL
            && !flatten
            && choices.isEmpty()
            && masks.isEmpty();
    return plain ? names : names + columns + policy + flatten + choices + masks.mark();
  }

  /** Copies the lists. */
  public MappingRequest {
    columns = List.copyOf(columns);
    choices = List.copyOf(choices);
  }
}
