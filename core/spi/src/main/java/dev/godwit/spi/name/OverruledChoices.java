package dev.godwit.spi.name;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Choices of a flag that hold for no dataset, since another one comes first at each that they
 * match. Whoever spelt a dataset out meant that choice to hold; a pattern after it may well be for
 * the rest.
 */
final class OverruledChoices {
  private final String flag;
  private final List<Choice> choices;
  private final Set<Choice> holding = new HashSet<>();
  private final Map<Choice, Choice> overruled = new LinkedHashMap<>();

  /** What a flag says of the datasets that match. */
  record Choice(DatasetPattern datasets, String said) {
    @Override
    public String toString() {
      return datasets + "=" + said.lines().findFirst().orElse("");
    }
  }

  OverruledChoices(String flag, Stream<Choice> choices) {
    this.flag = flag;
    this.choices = choices.toList();
  }

  /** A dataset that is taken, by its name and then those of what it is a part of. */
  void meet(List<DatasetName> names) {
    Choice first = null;
    for (DatasetName name : choices.size() > 1 ? names : List.<DatasetName>of()) {
      for (Choice choice : choices) {
        if (choice.datasets().matches(name)) {
          first = first == null ? choice : first;
          if (choice.said().equals(first.said())) {
            holding.add(choice);
          } else {
            overruled.putIfAbsent(choice, first);
          }
        }
      }
    }
  }

  /**
   * Looks whether there are any, once all datasets were met.
   *
   * @throws GodwitException {@code USAGE} for the first
   */
  void check(String hint) {
    overruled.keySet().removeAll(holding);
    overruled.forEach(
        (choice, first) -> {
          if (choice.datasets().isLiteral()) {
            throw new GodwitException(
                ExitCode.USAGE,
                flag + " " + choice + " holds for nothing: " + flag + " " + first + " comes first",
                hint);
          }
        });
  }
}
