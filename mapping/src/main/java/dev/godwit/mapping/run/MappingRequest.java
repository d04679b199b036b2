package dev.godwit.mapping.run;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.keyvalue.KeyChoices;
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
 * @param keys how keys are made of records, where the target holds such
 */
public record MappingRequest(
    Renames renames,
    List<DatasetFilter.Columns> columns,
    OnLossy policy,
    boolean flatten,
    List<DatasetChoice> choices,
    Masks masks,
    KeyChoices keys) {

  /** Nothing but what goes by default. */
  public static final MappingRequest PLAIN =
      new MappingRequest(
          Renames.NONE, List.of(), OnLossy.FAIL, false, List.of(), Masks.NONE, KeyChoices.NONE);

  /** Whether nothing but what goes by default is asked for. */
  boolean plain() {
    return renames.isEmpty() && !asksOfFields() && policy == OnLossy.FAIL && !flatten;
  }

  /** Whether every dataset is moved, and under its own name. */
  public boolean keepsAll() {
    return renames.isEmpty() && choices.stream().noneMatch(DatasetChoice::skip);
  }

  /** Whether anything is asked of fields. */
  boolean asksOfFields() {
    return !masks.isEmpty() || !columns.isEmpty() || !choices.isEmpty() || !keys.isEmpty();
  }

  /** Copies the lists. */
  public MappingRequest {
    columns = List.copyOf(columns);
    choices = List.copyOf(choices);
  }
}
