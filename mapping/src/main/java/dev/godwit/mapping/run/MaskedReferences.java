package dev.godwit.mapping.run;

import dev.godwit.mapping.mask.ColumnMask;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * References both sides of which are masked in the same way, and where values that are equal could
 * still become two: masked text is cut to the length of its column. Only masks are held.
 */
final class MaskedReferences {
  private final Map<DatasetName, List<ColumnMask>> masks = new HashMap<>();
  private final List<Reference> references = new ArrayList<>();

  private record Reference(String from, ColumnMask mask, DatasetName target, String column) {}

  /**
   * Meets a dataset.
   *
   * @param names its name, and those of the datasets that it is a part of
   */
  void meet(MappedDataset mapped, List<DatasetName> names) {
    if (mapped.masks().isEmpty()) {
      return;
    }
    names.forEach(name -> masks.putIfAbsent(name, mapped.masks()));
    for (Dataset.Reference reference : mapped.source().references()) {
      for (int i = 0; i < reference.columns().size(); i++) {
        String column = reference.columns().get(i);
        String target = reference.targetColumns().get(i);
        mapped
            .mask(column)
            .filter(mask -> mask.kind().keyed())
            .ifPresent(
                mask ->
                    references.add(
                        new Reference(
                            mapped.source().name() + "." + column,
                            mask,
                            reference.target(),
                            target)));
      }
    }
  }

  /**
   * Looks at the references, once all datasets were met.
   *
   * @throws GodwitException {@code USAGE} for the first that would no longer match
   */
  void check() {
    for (Reference reference : references) {
      masks.getOrDefault(reference.target, List.of()).stream()
          .filter(other -> other.field().getName().equals(reference.column))
          .filter(other -> !reference.mask.alike(other))
          .findFirst()
          .ifPresent(
              other -> {
                throw new GodwitException(
                    ExitCode.USAGE,
                    "--mask: %s, of type %s, refers to %s.%s, of type %s, and masked values are cut"
                            .formatted(
                                reference.from,
                                type(reference.mask),
                                reference.target,
                                reference.column,
                                type(other))
                        + " to the shorter: they would not match",
                    "mask the first with null, or leave it out with --columns");
              });
    }
  }

  private static String type(ColumnMask mask) {
    return Fields.nativeType(mask.field()).orElse("of no name");
  }
}
