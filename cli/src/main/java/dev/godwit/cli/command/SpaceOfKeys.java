package dev.godwit.cli.command;

import dev.godwit.restore.Migration;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.KeyValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where keys lie that went from one kind of store of keys into another, each of which calls them as
 * it does: a cache has one space of keys, and a server of numbered ones takes what has no number
 * into that of its address, else into the first.
 */
final class SpaceOfKeys {
  private static final Pattern NUMBERED = Pattern.compile("db[0-9]{1,6}");
  private static final String FIRST = "db0";

  private SpaceOfKeys() {}

  /** The dataset that is moved, where it is the only one and holds keys with values. */
  static Optional<Dataset> moved(Migration migration) {
    try (Stream<Dataset> datasets = migration.run().catalogue().datasets()) {
      List<Dataset> first = datasets.limit(2).toList();
      return first.size() == 1 && KeyValues.in(first.get(0).schema())
          ? Optional.of(first.get(0))
          : Optional.empty();
    }
  }

  /**
   * The names by which its keys are found in the target.
   *
   * @param moved what {@link #moved} told
   * @param renames what the migration was told to call it
   * @param target everything that the target shows
   */
  static Renames renames(Dataset moved, Renames renames, ExtractRun target) {
    String wanted = renames.of(moved.name()).last();
    List<String> spaces = spaces(target);
    if (spaces.contains(wanted)) {
      return renames;
    }
    boolean numbered = NUMBERED.matcher(wanted).matches();
    Optional<String> space =
        spaces.stream()
            .filter(name -> !numbered || !NUMBERED.matcher(name).matches())
            .filter(name -> spaces.size() == 1 || name.equals(FIRST))
            .findFirst();
    return space
        .map(name -> Map.of(DatasetName.of(moved.name().last()), DatasetName.of(name)))
        .map(Renames::new)
        .orElse(renames);
  }

  private static List<String> spaces(ExtractRun target) {
    try (Stream<Dataset> datasets = target.catalogue().datasets()) {
      return datasets
          .filter(dataset -> KeyValues.in(dataset.schema()))
          .map(dataset -> dataset.name().last())
          .toList();
    }
  }
}
