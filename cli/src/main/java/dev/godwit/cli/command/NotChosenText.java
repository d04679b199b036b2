package dev.godwit.cli.command;

import dev.godwit.cli.screen.Amounts;
import dev.godwit.spi.dataset.Catalogue;
import java.util.List;
import java.util.Map;

/** What a part of a database goes without, told. */
final class NotChosenText {
  /** Names that are shown on a screen. */
  private static final int NAMED = 10;

  private NotChosenText() {}

  /** For people: {@code left out with what was not chosen: view (2): shop.public.a, ...}. */
  static List<String> lines(List<Catalogue.LeftOut> without) {
    return without.stream().map(NotChosenText::line).toList();
  }

  private static String line(Catalogue.LeftOut kind) {
    List<String> named = kind.first().subList(0, Math.min(NAMED, kind.first().size()));
    // One name may stand for many things.
    long more = kind.first().size() > named.size() ? kind.count() - named.size() : 0;
    return "left out with what was not chosen: "
        + kind.kind()
        + " ("
        + Amounts.count(kind.count())
        + "): "
        + String.join(", ", named)
        + (more > 0 ? " and " + Amounts.count(more) + " more" : "");
  }

  /** For scripts. */
  static List<Map<String, Object>> fields(List<Catalogue.LeftOut> without) {
    return without.stream()
        .map(
            kind ->
                Map.<String, Object>of(
                    "kind", kind.kind(), "count", kind.count(), "first", kind.first()))
        .toList();
  }
}
