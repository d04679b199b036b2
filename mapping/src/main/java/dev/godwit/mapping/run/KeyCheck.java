package dev.godwit.mapping.run;

import dev.godwit.mapping.keyvalue.KeyChoice;
import dev.godwit.mapping.keyvalue.KeyTemplate;
import dev.godwit.mapping.keyvalue.RowsToKeys;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Holds the templates of all datasets against each other: the keys of all go into one space, and no
 * two datasets may make the same.
 */
final class KeyCheck {
  private final List<KeyChoice> unmet;
  private final List<Made> made = new ArrayList<>();
  private final boolean expires;

  /**
   * A dataset and its template.
   *
   * @param whole the dataset that it is a part of, or itself
   * @param divides whether all that decides which part a record is in stands in the template
   */
  private record Made(
      DatasetName dataset, DatasetName whole, KeyTemplate template, boolean divides) {
    String head() {
      return template.literals().get(0);
    }

    /** Parts of one dataset, whose keys differ between them as the keys of all records do. */
    boolean isPartBeside(Made other) {
      return whole.equals(other.whole) && template.equals(other.template) && divides;
    }
  }

  KeyCheck(MappingRequest request) {
    unmet = new ArrayList<>(request.keys().choices());
    expires = request.keys().expires().isPresent();
  }

  /**
   * Meets a dataset.
   *
   * @param names its name, and those of the datasets that it is a part of
   */
  void meet(MappedDataset mapped, List<DatasetName> names) {
    Optional<KeyTemplate> template =
        Optional.ofNullable(mapped.target().attributes().get(RowsToKeys.TEMPLATE))
            .map(KeyTemplate::parse);
    if (template.isPresent()) {
      unmet.removeIf(choice -> choice.means(names));
      Dataset source = mapped.source();
      List<String> dividing = source.partitionColumns();
      boolean divides = !dividing.isEmpty() && template.get().columns().containsAll(dividing);
      made.add(new Made(source.name(), names.get(names.size() - 1), template.get(), divides));
    } else {
      for (KeyChoice choice : unmet) {
        if (choice.dataset().isPresent() && choice.means(names)) {
          throw new GodwitException(
              ExitCode.USAGE,
              "%s: the records of %s are not made keys here"
                  .formatted(choice.place(), names.get(0)),
              "--key is for rows and documents that go into a store of keys");
        }
      }
    }
  }

  /**
   * Checks what was met.
   *
   * @throws GodwitException {@code USAGE} where two datasets could make the same key, or something
   *     was asked of none
   */
  void end() {
    if (!unmet.isEmpty()) {
      KeyChoice choice = unmet.get(0);
      String what =
          choice
              .dataset()
              .map(name -> "there is no dataset " + name)
              .orElse("no rows or documents go into a store of keys");
      throw new GodwitException(
          ExitCode.USAGE, choice.place() + ": " + what, "--dry-run tells what becomes of each");
    } else if (expires && made.isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--expires: no rows or documents go into a store of keys",
          "keys that are moved as they are keep the expiry that they have");
    }
    made.sort(Comparator.comparing(Made::head));
    for (int i = 0; i < made.size(); i++) {
      // Those that begin alike follow each other in this order.
      for (int j = i + 1; j < made.size(); j++) {
        if (!made.get(j).head().startsWith(made.get(i).head())) {
          break;
        }
        check(made.get(i), made.get(j));
      }
    }
  }

  private static void check(Made one, Made other) {
    if (!one.template().disjoint(other.template()) && !one.isPartBeside(other)) {
      throw new GodwitException(
          ExitCode.USAGE,
          "%s and %s could make the same key: %s and %s"
              .formatted(one.dataset(), other.dataset(), one.template(), other.template()),
          "begin the keys of each with a text of its own: --key '%s=%s:{...}'"
              .formatted(one.dataset().last(), one.dataset().last()));
    }
  }
}
