package dev.godwit.vault.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.vault.fuzz.HostileVault.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer bends what a vault holds, guided by what of the readers each input reaches, in a JVM of
 * its own with a heap of 256 MB: for {@code -Dgodwit.fuzz.seconds}, 5 unless told.
 */
class ReadersFuzzTest {
  private static final long SECONDS = Long.getLong("godwit.fuzz.seconds", 5);

  /** Each build begins the same way, so that it fails for what was changed; longer ones roam. */
  private static final int SEED = Long.getLong("godwit.fuzz.seconds") == null ? 20261121 : 0;

  @TempDir Path folder;

  @Test
  void whatIsWholeIsRead() throws Exception {
    for (Map.Entry<Reader, byte[]> seed : Seeds.make().entrySet()) {
      // Whatever comes out of it here is documented, and a fuzzer that begins at it is not lost.
      HostileVault.fuzzerTestOneInput(seed.getValue());
    }
  }

  @Test
  void onlyDocumentedErrorsComeOut() throws Exception {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    for (Map.Entry<Reader, byte[]> seed : Seeds.make().entrySet()) {
      Files.write(corpus.resolve(seed.getKey().name()), seed.getValue());
    }
    Path output = folder.resolve("output");
    Process fuzzer =
        new ProcessBuilder(command(corpus))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(fuzzer.waitFor(SECONDS + 300, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      fuzzer.destroyForcibly();
    }
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(fuzzer.exitValue()).as("%s%n%s", printed, found()).isZero();
    assertThat(printed).contains("DONE");
    System.out.println(printed.lines().reduce((earlier, later) -> later).orElse(""));
  }

  private List<String> command(Path corpus) {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=256m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                classes,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + HostileVault.class.getName(),
                "--instrumentation_includes=dev.godwit.vault.**",
                "--custom_hook_includes=dev.godwit.vault.**",
                "-max_total_time=" + SECONDS,
                "-seed=" + SEED,
                "-max_len=16384",
                "-timeout=120",
                "-rss_limit_mb=1500",
                "-print_final_stats=0"));
    command.add(corpus.toString());
    return command;
  }

  /** The inputs that did harm, to be kept as a test. */
  private String found() throws Exception {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files
              .filter(f -> f.getFileName().toString().matches("(crash|oom|timeout|slow)-.*"))
              .toList()) {
        text.append(file.getFileName()).append(": ");
        text.append(java.util.Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
        text.append('\n');
      }
    }
    return text.toString();
  }
}
