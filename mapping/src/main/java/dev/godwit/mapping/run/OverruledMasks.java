package dev.godwit.mapping.run;

import dev.godwit.mapping.mask.MaskChoice;
import dev.godwit.mapping.mask.Masks;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Masks that hold for no column, since another one comes first at each that they match. Whoever
 * spelt a dataset out meant that mask to hold; a pattern after it may well be for the rest.
 */
final class OverruledMasks {
  private final Masks masks;
  private final Set<MaskChoice> holding = new HashSet<>();
  private final Map<MaskChoice, MaskChoice> overruled = new LinkedHashMap<>();

  /** Of these masks. */
  OverruledMasks(Masks masks) {
    this.masks = masks;
  }

  /** A column that there is, of a dataset of these names. */
  void meet(List<DatasetName> names, String column) {
    List<MaskChoice> matching = masks.asked(names, column);
    for (MaskChoice mask : matching) {
      MaskChoice first = matching.get(0);
      if (mask.kind().equals(first.kind())) {
        holding.add(mask);
      } else {
        overruled.putIfAbsent(mask, first);
      }
    }
  }

  /**
   * Looks whether there are any, once all columns were met.
   *
   * @throws GodwitException {@code USAGE} for the first
   */
  void check() {
    overruled.keySet().removeAll(holding);
    overruled.forEach(
        (mask, first) -> {
          if (mask.datasets().isLiteral()) {
            throw new GodwitException(
                ExitCode.USAGE,
                "--mask %s masks nothing: --mask %s comes first".formatted(mask, first),
                "a column has one mask: leave one of them out, or write the one that is to hold"
                    + " first, where the other is for more columns");
          }
        });
  }
}
