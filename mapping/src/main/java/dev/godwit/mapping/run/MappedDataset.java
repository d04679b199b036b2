package dev.godwit.mapping.run;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.mask.ColumnMask;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What becomes of one dataset.
 *
 * @param source as the run has it
 * @param read what of it is moved: all, or without fields that are left out
 * @param name in the target
 * @param chosen what was wanted of its fields, and would not go so by default
 * @param conversion how its records change their shape; empty where they keep it
 * @param masks of the columns that are read, in their order
 * @param target as the target gets it; its name is still the source's
 */
public record MappedDataset(
    Dataset source,
    Dataset read,
    DatasetName name,
    List<FieldChoice> chosen,
    Optional<Conversion> conversion,
    List<ColumnMask> masks,
    Dataset target) {
  /** Copies the lists. */
  public MappedDataset {
    chosen = List.copyOf(chosen);
    masks = List.copyOf(masks);
  }

  /** Whether it goes as it is: with the engine's own definitions, and nothing masked. */
  public boolean untouched() {
    return conversion.isEmpty() && masks.isEmpty() && source.equals(target);
  }

  /** What becomes of its fields, in the order of the source. */
  public List<FieldMapping> fields() {
    return conversion.map(Conversion::fields).orElseGet(() -> asTheyAre(read));
  }

  /** Fields that keep their names and types. */
  static List<FieldMapping> asTheyAre(Dataset dataset) {
    return dataset.schema().getFields().stream()
        .map(f -> new FieldMapping(f, new Placement(f, Placement.Fidelity.EXACT, "")))
        .toList();
  }

  /** The names of the fields that are left out. */
  public List<String> leftOut() {
    List<Field> kept = read.schema().getFields();
    return source.schema().getFields().stream()
        .filter(f -> kept.stream().noneMatch(k -> k.getName().equals(f.getName())))
        .map(Field::getName)
        .toList();
  }

  /** The mask of a field of the source. */
  public Optional<ColumnMask> mask(String field) {
    return masks.stream().filter(m -> m.field().getName().equals(field)).findFirst();
  }

  /** Whether the target makes it as the part of a divided dataset that it is in the source. */
  boolean divided() {
    return conversion.isEmpty() && !target.neutral();
  }

  /** What was asked for and does not go by default, as one line; empty where nothing was. */
  String changes() {
    List<String> masked = masks.stream().map(m -> m.field().getName() + "=" + m.kind()).toList();
    boolean named = !name.equals(source.name());
    boolean changed = named || !masked.isEmpty() || !chosen.isEmpty() || !leftOut().isEmpty();
    return changed ? source.name() + " " + name + chosen + leftOut() + masked : "";
  }
}
