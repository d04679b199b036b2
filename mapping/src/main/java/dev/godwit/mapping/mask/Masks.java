package dev.godwit.mapping.mask;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/** Every mask of a run. Immutable. */
public final class Masks {
  /** Masks nothing. */
  public static final Masks NONE = new Masks(List.of(), Optional.empty());

  private final List<MaskChoice> asked;
  private final List<MaskChoice> choices;
  private final Optional<MaskKey> key;

  /**
   * Masks; where several name a column, the first holds.
   *
   * @throws GodwitException {@code USAGE} where one needs a key and there is none
   */
  public Masks(List<MaskChoice> asked, Optional<MaskKey> key) {
    this(asked, List.of(), key);
  }

  /**
   * Masks, and such as hold where none of them does.
   *
   * @throws GodwitException {@code USAGE} where one needs a key and there is none
   */
  public Masks(List<MaskChoice> asked, List<MaskChoice> otherwise, Optional<MaskKey> key) {
    this.asked = List.copyOf(asked);
    this.choices = Stream.concat(asked.stream(), otherwise.stream()).toList();
    this.key = key;
    if (key.isEmpty()) {
      choices.stream()
          .filter(choice -> choice.kind().keyed())
          .findFirst()
          .ifPresent(
              choice -> {
                throw new GodwitException(
                    ExitCode.USAGE,
                    "--mask " + choice + " needs a key",
                    "give one of your own with --mask-key-file or GODWIT_MASK_KEY; with a key made"
                        + " up for one run, what is moved later would match nothing");
              });
    }
  }

  /** Whether nothing is masked. */
  public boolean isEmpty() {
    return choices.isEmpty();
  }

  /** What was asked for. */
  public List<MaskChoice> choices() {
    return choices;
  }

  /** Those that match a column of a dataset of any of these names, and are no mere fallback. */
  public List<MaskChoice> asked(Collection<DatasetName> names, String column) {
    return asked.stream().filter(c -> c.matches(names, column)).toList();
  }

  /** The same for the same key; tells nothing of it. */
  public String keyMark() {
    return choices.isEmpty() ? "" : key.map(MaskKey::mark).orElse("");
  }

  /**
   * The masks of a dataset.
   *
   * @param names its name, and those of the datasets that it is a part of
   * @throws GodwitException {@code USAGE} where one does not fit its column
   */
  public List<ColumnMask> of(Dataset dataset, Collection<DatasetName> names) {
    List<ColumnMask> masks = new ArrayList<>();
    for (Field field : choices.isEmpty() ? List.<Field>of() : dataset.schema().getFields()) {
      choice(names, field.getName())
          .map(choice -> ColumnMask.of(dataset, field.getName(), choice.kind(), key))
          .ifPresent(masks::add);
    }
    return masks;
  }

  /** What is asked for a column of a dataset of any of these names. */
  public Optional<MaskChoice> choice(Collection<DatasetName> names, String column) {
    return choices.stream().filter(c -> c.matches(names, column)).findFirst();
  }
}
