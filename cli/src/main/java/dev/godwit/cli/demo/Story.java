package dev.godwit.cli.demo;

import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Terminal;
import java.time.Duration;

/** Tells the demonstration: a numbered line for each step, with what came of it and how long. */
final class Story {
  /** What a step came to, in a few words. */
  @FunctionalInterface
  interface Step {
    String does();
  }

  private final Terminal terminal;
  private int number;

  Story(Terminal terminal) {
    this.terminal = terminal;
  }

  void say(String line) {
    terminal.println(line);
    terminal.flush();
  }

  /** Does a step and tells it. */
  void step(String title, Step step) {
    number++;
    if (terminal.outIsTerminal()) {
      terminal.print(number + ". " + title + " ...");
      terminal.flush();
    }
    long started = System.nanoTime();
    String outcome;
    try {
      outcome = step.does();
    } catch (RuntimeException | Error failure) {
      // The error begins a line of its own.
      if (terminal.outIsTerminal()) {
        say("");
      }
      throw failure;
    }
    String took = Amounts.duration(Duration.ofNanos(System.nanoTime() - started));
    String begun = terminal.outIsTerminal() ? "\r" : "";
    String line = String.format("%-3s %-16s %s (%s)", number + ".", title, outcome, took);
    say(begun + line);
  }
}
