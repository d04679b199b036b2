package dev.godwit.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.cli.command.Commands;
import dev.godwit.cli.completion.Completions;
import dev.godwit.spi.error.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The manual and the completions are made of the commands themselves, and committed. After a change
 * of the commands make them anew with {@code mvn test -pl cli -am -Dtest=GeneratedFilesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dgodwit.regenerate=true}.
 */
class GeneratedFilesTest {
  private static final String HOW =
      "are out of date; make them anew with: mvn test -pl cli -am -Dtest=GeneratedFilesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dgodwit.regenerate=true";

  private static final CommandLine ROOT =
      Commands.tree(
          Invocation.terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of()));

  @Test
  void manualPages() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    pages.put("godwit.1", ManPage.of(ROOT.getCommandSpec()));
    add(pages, ROOT);
    compare(Path.of("../man"), pages);
  }

  private static void add(Map<String, String> pages, CommandLine group) {
    for (CommandLine command : group.getSubcommands().values()) {
      pages.put(
          ManPage.name(command.getCommandSpec()) + ".1", ManPage.of(command.getCommandSpec()));
      add(pages, command);
    }
  }

  @Test
  void completions() throws IOException {
    Map<String, String> scripts = new TreeMap<>();
    scripts.put("godwit.bash", Completions.bash(ROOT));
    scripts.put("_godwit", Completions.zsh(ROOT));
    scripts.put("godwit.fish", Completions.fish(ROOT));
    compare(Path.of("../completions"), scripts);
  }

  /** Whoever asks for it on a command line gets all commands too. */
  @Test
  void completionsAsTheCommandPrintsThem() {
    assertThat(Invocation.of("completion", "bash").out().strip())
        .isEqualTo(Completions.bash(ROOT).strip());
    assertThat(Invocation.of("completion", "zsh").out().strip())
        .isEqualTo(Completions.zsh(ROOT).strip());
    assertThat(Invocation.of("completion", "fish").out().strip())
        .isEqualTo(Completions.fish(ROOT).strip());
  }

  @Test
  void theManualHasEveryVariableThatIsRead() throws IOException {
    String manual = ManPage.of(ROOT.getCommandSpec());
    Pattern quoted = Pattern.compile("\"(GODWIT_[A-Z_]+[A-Z])\"");
    Set<String> read = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        quoted.matcher(Files.readString(file)).results().forEach(r -> read.add(r.group(1)));
      }
    }
    assertThat(read)
        .contains("GODWIT_JOBS", "GODWIT_MASK_KEY")
        .allSatisfy(name -> assertThat(manual).contains(".TP\n\\fB" + name + "\\fR\n"));
  }

  @Test
  void theManualHasEveryExitStatusAndPicocliUsesNoOther() {
    String manual = ManPage.of(ROOT.getCommandSpec());
    for (ExitCode code : ExitCode.values()) {
      assertThat(manual).contains(".TP\n\\fB" + code.status() + "\\fR\n");
    }
    Set<Integer> known =
        Stream.of(ExitCode.values()).map(ExitCode::status).collect(Collectors.toSet());
    assertThat(known).hasSize(ExitCode.values().length);
    Stream.concat(Stream.of(ROOT), ROOT.getSubcommands().values().stream())
        .map(CommandLine::getCommandSpec)
        .forEach(
            spec -> {
              assertThat(spec.exitCodeOnInvalidInput()).isEqualTo(ExitCode.USAGE.status());
              assertThat(spec.exitCodeOnExecutionException()).isEqualTo(ExitCode.FAILED.status());
              assertThat(spec.exitCodeOnSuccess()).isEqualTo(ExitCode.DONE.status());
              assertThat(spec.exitCodeOnUsageHelp()).isEqualTo(ExitCode.DONE.status());
              assertThat(spec.exitCodeOnVersionHelp()).isEqualTo(ExitCode.DONE.status());
            });
  }

  private static void compare(Path folder, Map<String, String> generated) throws IOException {
    if (Boolean.getBoolean("godwit.regenerate")) {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> file : generated.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    }
    Map<String, String> committed = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        committed.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(committed).as("%s %s", folder, HOW).isEqualTo(generated);
  }
}
