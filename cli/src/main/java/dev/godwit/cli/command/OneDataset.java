package dev.godwit.cli.command;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.vault.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the dataset that a person means. */
final class OneDataset {
  private static final int SHOWN = 8;

  private OneDataset() {}

  /**
   * The dataset that the name, or the last parts of a name, stand for.
   *
   * @throws GodwitException {@code USAGE} where none or several match; the hint lists some
   */
  static Dataset of(ExtractRun run, Manifest manifest, String name) {
    DatasetPattern pattern;
    try {
      pattern = DatasetPattern.parse(name);
    } catch (IllegalArgumentException e) {
      throw new GodwitException(ExitCode.USAGE, e.getMessage(), null, e);
    }
    List<Dataset> found = new ArrayList<>();
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      datasets.filter(d -> pattern.matches(d.name())).limit(SHOWN + 1L).forEach(found::add);
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    String where = "in snapshot " + manifest.id();
    if (found.isEmpty()) {
      try (Stream<Dataset> datasets = run.catalogue().datasets()) {
        throw new GodwitException(
            ExitCode.USAGE,
            "no dataset '" + name + "' " + where,
            "it holds " + names(datasets.limit(SHOWN + 1L).toList()));
      }
    }
    throw new GodwitException(
        ExitCode.USAGE,
        "several datasets match '" + name + "' " + where,
        "name one of " + names(found));
  }

  private static String names(List<Dataset> datasets) {
    String names =
        datasets.stream()
            .limit(SHOWN)
            .map(d -> d.name().toString())
            .collect(Collectors.joining(", "));
    return names + (datasets.size() > SHOWN ? ", ..." : "");
  }
}
