package dev.godwit.mapping.run;

import dev.godwit.mapping.keyvalue.KeyChoice;
import dev.godwit.mapping.keyvalue.KeyChoices;
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
 * Holds the templates of all datasets against each other: keys go into one space, or into the
 * database that the dataset's new name numbers, and no two datasets may make the same.
 */
final class KeyCheck {
  private static final String COMMON = "";

  /** The space into which all goes that numbers none, unless the target's URI names another. */
  private static final String FIRST = "db0";

  private final Optional<String> keyedAs;
  private final KeyChoices wanted;
  private final List<KeyChoice> unmet;
  private final List<Made> made = new ArrayList<>();

  /**
   * A dataset whose records become keys.
   *
   * @param space where its keys go
   * @param whole the dataset that it is a part of, or itself
   * @param template empty where its records are keys already, of any text
   * @param divides whether all that decides which part a record is in stands in the template
   */
  private record Made(
      DatasetName dataset,
      String space,
      DatasetName whole,
      Optional<KeyTemplate> template,
      boolean divides) {
    String head() {
      return space + '/' + template.map(t -> t.literals().get(0)).orElse("");
    }

    boolean disjoint(Made other) {
      return template.isPresent()
          && other.template.isPresent()
          && template.get().disjoint(other.template.get());
    }

    /** Parts of one dataset, whose keys differ between them as the keys of all records do. */
    boolean isPartBeside(Made other) {
      return whole.equals(other.whole) && template.equals(other.template) && divides;
    }

    String shown() {
      return template.map(KeyTemplate::toString).orElse("keys as they are");
    }
  }

  /**
   * A check.
   *
   * @param keyedAs what records become where the target is a store of keys of another engine
   */
  KeyCheck(MappingRequest request, Optional<String> keyedAs) {
    this.keyedAs = keyedAs;
    this.wanted = request.keys();
    this.unmet = new ArrayList<>(request.keys().choices());
  }

  /** Whether a dataset of this name is a space of keys, as a numbered database is. */
  static boolean isSpace(String name) {
    return name.matches("db[0-9]{1,6}");
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
    if (keyedAs.isPresent()) {
      made.add(made(mapped, names.get(names.size() - 1), template));
    }
    if (template.isPresent()) {
      unmet.removeIf(choice -> choice.means(names));
      return;
    }
    for (KeyChoice choice : unmet) {
      if (choice.dataset().isPresent() && choice.means(names)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "%s: no keys are made of the records of %s here"
                .formatted(choice.place(), names.get(0)),
            "--key is for rows and documents that go into a store of keys");
      }
    }
  }

  private static Made made(
      MappedDataset mapped, DatasetName whole, Optional<KeyTemplate> template) {
    Dataset source = mapped.source();
    String name = mapped.name().last();
    List<String> dividing = source.partitionColumns();
    return new Made(
        source.name(),
        isSpace(name) && !name.equals(FIRST) ? name : COMMON,
        whole,
        template,
        !dividing.isEmpty() && template.filter(t -> t.columns().containsAll(dividing)).isPresent());
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
    } else if (wanted.expires().isPresent()
        && made.stream().allMatch(m -> m.template().isEmpty())) {
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

  /**
   * The same for the same keys and values of the same records: what a target makes of records is
   * said in its address.
   */
  String mark() {
    boolean makes = made.stream().anyMatch(m -> m.template().isPresent());
    return (makes ? keyedAs.orElse("") : "") + wanted.mark();
  }

  private static void check(Made one, Made other) {
    if (!one.disjoint(other) && !one.isPartBeside(other)) {
      String name = other.dataset().last();
      throw new GodwitException(
          ExitCode.USAGE,
          "%s and %s could make the same key: %s and %s"
              .formatted(one.dataset(), other.dataset(), one.shown(), other.shown()),
          "begin the keys of each otherwise: --key '%s=%s:{...}'; or choose one with --include"
              .formatted(name, name));
    }
  }
}
