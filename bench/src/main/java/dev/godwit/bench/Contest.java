package dev.godwit.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Runs contenders in turn, so that a drift of the machine meets all alike, and prints medians. */
final class Contest {
  private final String title;
  private final List<Contender> contenders;

  /** The first contender is the one that the others are held against. */
  Contest(String title, List<Contender> contenders) {
    this.title = title;
    this.contenders = List.copyOf(contenders);
  }

  /** Each contender once unmeasured, then {@code runs} rounds. */
  void run(int runs, PrintStream out) throws Exception {
    Map<Contender, List<Measured>> measured = new LinkedHashMap<>();
    Map<Contender, Double> stored = new LinkedHashMap<>();
    for (int round = 0; round <= runs; round++) {
      for (Contender contender : contenders) {
        contender.before().run();
        Measured taken = Measured.run(contender.command(), contender.environment());
        if (round > 0) {
          measured.computeIfAbsent(contender, c -> new ArrayList<>()).add(taken);
        }
        stored.put(
            contender,
            contender.result().isPresent() ? bytesIn(contender.result().get()) / 1e6 : Double.NaN);
      }
    }
    print(measured, stored, out);
  }

  private void print(
      Map<Contender, List<Measured>> measured, Map<Contender, Double> stored, PrintStream out) {
    Contender first = contenders.get(0);
    double wall = median(measured.get(first), Measured::wall);
    double bytes = stored.get(first);
    out.printf(Locale.ROOT, "%n%s%n", title);
    out.printf(
        Locale.ROOT,
        "  %-44s %8s %8s %9s %9s %7s %7s%n",
        "",
        "wall s",
        "cpu s",
        "peak MiB",
        "stored MB",
        "wall",
        "stored");
    measured.forEach(
        (contender, runs) ->
            out.printf(
                Locale.ROOT,
                "  %-44s %8.2f %8.2f %9.0f %9s %7s %7s%n",
                contender.name(),
                median(runs, Measured::wall),
                median(runs, Measured::cpu),
                median(runs, Measured::peak),
                shown("%.1f", stored.get(contender)),
                contender.equals(first) ? "" : shown("%.2f", wall / median(runs, Measured::wall)),
                contender.equals(first) ? "" : shown("%.2f", bytes / stored.get(contender))));
    out.flush();
  }

  private static String shown(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static long bytesIn(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
