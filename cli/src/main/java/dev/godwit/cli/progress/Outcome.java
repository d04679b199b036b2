package dev.godwit.cli.progress;

import dev.godwit.spi.error.ExitCode;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param exitCode the status that the process ends with
 * @param lines for people, the most important first
 * @param fields for scripts: what {@link dev.godwit.cli.screen.Json} takes
 */
public record Outcome(ExitCode exitCode, List<String> lines, Map<String, Object> fields) {
  /** Copies the lines. */
  public Outcome {
    lines = List.copyOf(lines);
  }
}
