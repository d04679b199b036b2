package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.command.Commands;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Help teaches by example, on stdout, and fits the terminal. */
class HelpTest {
  static Set<String> commands() {
    return Commands.tree(
            Invocation.terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of()))
        .getSubcommands()
        .keySet();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandTeachesByExample(String command) {
    Invocation done = Invocation.of(command, "--help");

    assertThat(done.status()).isZero();
    assertThat(done.err()).isEmpty();
    assertThat(done.out()).contains("Usage: godwit " + command, "Examples:\n  ", "--help");
    assertThat(done.out()).isEqualTo(Invocation.of("help", command).out());
    assertThat(done.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void theCommandsAreListed() {
    assertThat(Invocation.of("--help").out()).contains(commands());
    assertThat(Invocation.of("help").out()).isEqualTo(Invocation.of("-h").out());
  }

  @Test
  void theVersionIsOneLine() {
    assertThat(Invocation.of("--version").out()).matches("godwit \\d+\\.\\d+\\.\\d+\\S*\\n");
    assertThat(Invocation.of("-V").out()).isEqualTo(Invocation.of("--version").out());
  }

  /** A line that the code breaks and the screen breaks again leaves a word or two alone. */
  @Test
  void descriptionsFlowThroughTheScreen() {
    assertThat(Invocation.of("compare", "--help").out())
        .containsPattern("latest \\(the\\R +default\\), the beginning of an id, or");
    for (String command : List.of("backup", "migrate", "compare", "cat", "prune", "check")) {
      List<String> lines = Invocation.of(command, "--help").out().lines().toList();
      int options = lines.indexOf("Options:");
      for (int at = options + 2; at < lines.size() && !lines.get(at).isBlank(); at++) {
        if (lines.get(at).matches(" {27}\\S.*")) {
          assertThat(lines.get(at - 1)).as("%s: above '%s'", command, lines.get(at)).contains("--");
          assertThat(lines.get(at - 1).indexOf('-')).isLessThan(7);
        }
      }
    }
  }
}
