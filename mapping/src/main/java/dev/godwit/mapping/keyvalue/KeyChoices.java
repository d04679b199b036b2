package dev.godwit.mapping.keyvalue;

import dev.godwit.spi.name.DatasetName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is wanted of the keys that records become.
 *
 * @param choices templates; of those that mean a dataset, the first that names it holds, else the
 *     first for all
 * @param expires when all keys expire; empty for never
 */
public record KeyChoices(List<KeyChoice> choices, Optional<Instant> expires) {
  /** Nothing but what goes by default. */
  public static final KeyChoices NONE = new KeyChoices(List.of(), Optional.empty());

  /** Copies the list. */
  public KeyChoices {
    choices = List.copyOf(choices);
  }

  /** Whether nothing but what goes by default is wanted. */
  public boolean isEmpty() {
    return choices.isEmpty() && expires.isEmpty();
  }

  /**
   * The choice for a dataset.
   *
   * @param names its name, and those of the datasets that it is a part of
   */
  public Optional<KeyChoice> of(List<DatasetName> names) {
    return choices.stream()
        .filter(choice -> choice.dataset().isPresent() && choice.means(names))
        .findFirst()
        .or(() -> choices.stream().filter(choice -> choice.dataset().isEmpty()).findFirst());
  }

  /** The same for the same templates; when keys expire is another at each run. */
  public String mark() {
    return (choices.isEmpty() ? "" : choices.toString()) + (expires.isPresent() ? "expiring" : "");
  }
}
