package dev.godwit.mapping.keyvalue;

import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Optional;

/**
 * By which template the keys of datasets are made.
 *
 * @param dataset its name in the source, or its last parts; empty for all
 * @param place where this was written, for people
 */
public record KeyChoice(Optional<DatasetName> dataset, KeyTemplate template, String place) {
  /** Whether a dataset of one of these names is meant. */
  public boolean means(List<DatasetName> names) {
    return dataset.isEmpty() || names.stream().anyMatch(this::means);
  }

  private boolean means(DatasetName name) {
    List<String> meant = dataset.orElseThrow().parts();
    int skipped = name.parts().size() - meant.size();
    return skipped >= 0 && name.parts().subList(skipped, name.parts().size()).equals(meant);
  }

  @Override
  public String toString() {
    return dataset.map(name -> name + "=").orElse("") + template;
  }
}
