package dev.godwit.cli.progress;

import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.DisplayWidth;
import dev.godwit.cli.screen.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a run stands, in words. */
final class ProgressText {
  private static final int BAR = 20;
  private static final String PROVING = "verifying";

  private ProgressText() {}

  /** One line of at most {@code width} columns: the more room, the more is said. */
  static String bar(String title, Tally.State state, int width) {
    if (state.stage()) {
      String steps = state.steps() > 0 ? " " + state.stepsDone() + "/" + state.steps() : "";
      return fit(
          width, List.of(title, state.doing() + steps, Amounts.duration(state.elapsed())), "  ");
    }
    List<String> parts = new ArrayList<>();
    parts.add(title);
    if (width >= 64 && state.fraction().isPresent()) {
      int full = (int) (state.fraction().getAsDouble() * BAR);
      parts.add("[" + "#".repeat(full) + "-".repeat(BAR - full) + "]");
    }
    if (state.proving()) {
      parts.add(PROVING);
    }
    parts.addAll(amounts(state));
    if (!state.doing().isEmpty()) {
      parts.add(Printable.line(state.doing()));
    }
    return fit(width, parts, "  ");
  }

  /** The same for a log. */
  static String line(String title, Tally.State state) {
    List<String> parts = new ArrayList<>();
    if (state.stage()) {
      parts.add(state.doing() + " " + state.stepsDone() + " of " + state.steps());
    } else {
      if (state.proving()) {
        parts.add(PROVING);
      }
      parts.addAll(amounts(state));
    }
    parts.add(Amounts.duration(state.elapsed()) + " so far");
    return "godwit: " + title + ": " + Printable.line(String.join(", ", parts));
  }

  private static List<String> amounts(Tally.State state) {
    List<String> parts = new ArrayList<>();
    // 100 % is for what is done, and that is told in other words.
    state
        .fraction()
        .ifPresent(
            f -> parts.add(String.format(Locale.ROOT, "%2d %%", (int) Math.min(99, f * 100))));
    parts.add(Amounts.bytes(state.bytes()));
    if (state.rate() >= 0) {
      parts.add(Amounts.bytes((long) state.rate()) + "/s");
    }
    if (state.secondsLeft().isPresent()) {
      long seconds = Math.round(state.secondsLeft().getAsDouble());
      parts.add("about " + Amounts.duration(Duration.ofSeconds(Math.max(10, seconds))) + " left");
    } else if (state.fraction().isEmpty()) {
      parts.add(Amounts.duration(state.elapsed()));
    }
    if (state.rows() > 0) {
      parts.add(Amounts.count(state.rows(), "row"));
    }
    return parts;
  }

  private static String fit(int width, List<String> parts, String gap) {
    StringBuilder line = new StringBuilder(parts.get(0));
    for (String part : parts.subList(1, parts.size())) {
      if (DisplayWidth.of(line + gap + part) > width) {
        break;
      }
      line.append(gap).append(part);
    }
    return line.length() > width ? line.substring(0, width) : line.toString(); // a plain word
  }
}
