package dev.godwit.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Guesses which option or command a mistyped word was meant to be. */
final class Suggestion {
  private Suggestion() {}

  /** The nearest name, if it is near: a third of its letters may be wrong. */
  static Optional<String> of(String word, CommandLine command) {
    int end = word.indexOf('=');
    String typed = end > 0 && word.startsWith("-") ? word.substring(0, end) : word;
    Stream<String> names =
        typed.startsWith("-")
            ? command.getCommandSpec().options().stream().flatMap(o -> Arrays.stream(o.names()))
            : command.getSubcommands().keySet().stream();
    return names
        .filter(name -> name.length() > 2)
        .filter(name -> distance(typed, name) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(name -> distance(typed, name)));
  }

  /** Letters to insert, drop, replace, or swap with their neighbour (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
