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

/** The distribution, as it is unpacked. */
class LauncherIT {
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
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                Launcher.HOME.resolve("bin/godwit") + " completion bash 2>err | head -1; cat err")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(out.lines()).hasSize(1);
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
