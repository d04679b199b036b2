package dev.godwit.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution, as it is unpacked. */
class LauncherIT {
  private static final Path LAUNCHER = Launcher.HOME.resolve("bin/godwit");

  @TempDir Path folder;

  @Test
  void theVersionIsOneLineAndNothingElseIsOnTheScreen() {
    Launcher.Ended done = Launcher.run(folder, "--version");
    assertThat(done.out()).matches("godwit \\S+\\n");
    assertThat(done.err()).isEmpty();
    assertThat(done.status()).isZero();
  }

  @Test
  void exitStatusesReachTheShell() {
    assertThat(Launcher.run(folder, "list", folder.resolve("none").toString()).status())
        .isEqualTo(10);
    assertThat(Launcher.run(folder, "lst").status()).isEqualTo(2);
    assertThat(Launcher.run(folder, "init", folder.resolve("vault").toString()).status()).isZero();
  }

  @Test
  void argumentsArriveAsTheyWereGiven() {
    Launcher.Ended done = Launcher.run(folder, "list", "a  b*'\"$HOME");
    assertThat(done.err()).contains("a  b*'\"$HOME");
  }

  /** How a script ended, and what it wrote to both its outputs. */
  private record Ended(int status, String out) {}

  private Ended shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }

  /** Cron's locale is C, and one that comes over SSH may be none of this machine's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LC_ALL=C",
        "LC_ALL= LC_CTYPE= LANG=",
        "LC_ALL= LC_CTYPE= LANG=POSIX",
        "LC_ALL=xx_XX.UTF-8",
        "LC_ALL=C.UTF-8"
      })
  void argumentsArriveInAnyLocale(String locale) throws Exception {
    String name = "\"$(printf 'gr\\303\\266\\303\\237e \\342\\230\\203')\"";
    Ended list = shell(locale + " '" + LAUNCHER + "' list " + name);
    assertThat(list.out()).startsWith("godwit: there is no vault at ").contains("/größe ☃\n");
    assertThat(list.status()).isEqualTo(10);
  }

  @Test
  void whatFailedIsToldInOneLanguage() throws Exception {
    Ended help = shell("LC_ALL=C.UTF-8 LANGUAGE=de '" + LAUNCHER + "' help >/dev/full");
    assertThat(help.out()).startsWith("godwit: cannot write the output: No space left on device\n");
    assertThat(help.status()).isEqualTo(1);
  }

  /** What the JVM opens first took their places, and it crashed when they were closed. */
  @Test
  void streamsMayBeClosed() throws Exception {
    String out =
        shell(
                "godwit='%s'; \"$godwit\" restore - redis://127.0.0.1:1 <&-; echo $?;"
                        .formatted(LAUNCHER)
                    + " \"$godwit\" help >&-; echo $?; \"$godwit\" lst 2>&-; echo $?;"
                    + " \"$godwit\" lst <&- >&- 2>&-; echo $?")
            .out();
    assertThat(out.lines().filter(line -> line.matches("\\d+")))
        .containsExactly("2", "1", "2", "2");
    assertThat(out)
        .contains("godwit: standard input is no tar")
        .contains("godwit: cannot write the output: Bad file descriptor\n");
  }

  @Test
  void aFolderThatIsGoneIsTold() throws Exception {
    Ended list = shell("mkdir gone && cd gone && rmdir ../gone && '" + LAUNCHER + "' list /vault");
    assertThat(list.out())
        .contains("godwit: the folder in which it was started is gone\nhint: ")
        .doesNotContain("java");
    assertThat(list.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "prune"})
  void helpWithAPercentSignIsHelpAlone(String command) {
    Launcher.Ended done = Launcher.run(folder, command, "--help");
    assertThat(done.err()).isEmpty();
    assertThat(done.out()).containsPattern("\\d%").doesNotContain("%%");
  }

  @Test
  void itRunsThroughALink() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("my godwit"), Launcher.HOME.resolve("bin/godwit"));
    Process process =
        new ProcessBuilder(link.toString(), "--version").redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("godwit ");
  }

  @Test
  void theArchiveMayBeAskedForAgain() throws Exception {
    for (int time = 0; time < 2; time++) {
      ProcessBuilder builder =
          new ProcessBuilder(Launcher.HOME.resolve("bin/godwit").toString())
              .redirectErrorStream(true);
      builder.environment().put("GODWIT_ARCHIVE", "now");
      Process process = builder.start();
      assertThat(process.getInputStream().readAllBytes()).isEmpty();
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void whatCannotBeMadeReadyBeforehandIsNoFailureOfItsOwn() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(Launcher.HOME.resolve("bin/godwit").toString(), "check", "none")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    // Where nothing can be unpacked, the native libraries that are loaded beforehand are missing.
    builder.environment().put("GODWIT_JAVA_OPTS", "-Djava.io.tmpdir=/nonexistent");
    Process process = builder.start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .matches("godwit: there is no vault at \\S+none\nhint: [^\n]*\n");
    assertThat(process.waitFor()).isEqualTo(10);
  }

  @Test
  void whoeverReadsTheOutputMayLeave() throws Exception {
    Ended first = shell(LAUNCHER + " completion bash 2>err | head -1; cat err");
    assertThat(first.out().lines()).hasSize(1);
  }

  @Test
  void theDistributionHoldsWhatItNeeds() throws IOException {
    try (Stream<Path> files = Files.walk(Launcher.HOME)) {
      List<String> names = files.map(f -> Launcher.HOME.relativize(f).toString()).toList();
      assertThat(names)
          .contains(
              "bin/godwit",
              "lib/godwit.jar",
              "share/man/man1/godwit-backup.1",
              "share/completions/_godwit",
              "share/completions/godwit.bash",
              "share/completions/godwit.fish");
      assertThat(names).noneMatch(name -> name.contains("testkit") || name.contains("junit"));
    }
  }
}
