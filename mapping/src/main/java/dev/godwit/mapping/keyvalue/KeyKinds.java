package dev.godwit.mapping.keyvalue;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Of which kind the values are that stand at each place of a template: 42 and the text 42 would
 * make one key. Shared by the readers of a dataset.
 */
final class KeyKinds {
  private final DatasetName dataset;
  private final KeyTemplate template;
  private final List<AtomicReference<KeyValueText.Kind>> kinds;

  KeyKinds(DatasetName dataset, KeyTemplate template) {
    this.dataset = dataset;
    this.template = template;
    this.kinds =
        Stream.generate(AtomicReference<KeyValueText.Kind>::new)
            .limit(template.columns().size())
            .toList();
  }

  /**
   * Meets a value.
   *
   * @throws GodwitException {@code FAILED} if one of another kind was met before
   */
  void meet(int place, KeyValueText.Kind kind, String document) {
    AtomicReference<KeyValueText.Kind> known = kinds.get(place);
    if (!known.compareAndSet(null, kind) && !known.get().equals(kind)) {
      throw new GodwitException(
          ExitCode.FAILED,
          "%s of document %s of %s is a %s, and of others a %s: two could make the same key"
              .formatted(
                  template.columns().get(place),
                  document,
                  dataset,
                  kind.word(),
                  known.get().word()),
          "choose those of one type with --where");
    }
  }
}
