package dev.godwit.mapping.run;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.mask.ColumnMask;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one dataset.
 *
 * @param source as the run has it
 * @param name in the target
 * @param conversion how its records change their shape; empty where they keep it
 * @param masks of its columns, in their order
 * @param target as the target gets it; its name is still the source's
 */
public record MappedDataset(
    Dataset source,
    DatasetName name,
    Optional<Conversion> conversion,
    List<ColumnMask> masks,
    Dataset target) {
  /** Copies the list. */
  public MappedDataset {
    masks = List.copyOf(masks);
  }

  /** Whether it goes as it is: with the engine's own definitions, and nothing masked. */
  public boolean untouched() {
    return conversion.isEmpty() && masks.isEmpty() && source.equals(target);
  }

  /** What becomes of its fields, in the order of the source. */
  public List<FieldMapping> fields() {
    return conversion
        .map(Conversion::fields)
        .orElseGet(
            () ->
                source.schema().getFields().stream()
                    .map(f -> new FieldMapping(f, new Placement(f, Placement.Fidelity.EXACT, "")))
                    .toList());
  }

  /** The mask of a field of the source. */
  public Optional<ColumnMask> mask(String field) {
    return masks.stream().filter(m -> m.field().getName().equals(field)).findFirst();
  }
}
