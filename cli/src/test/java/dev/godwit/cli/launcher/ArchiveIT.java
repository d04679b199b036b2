package dev.godwit.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher alone, with a program in the place of the JVM that says what it is asked to do, and
 * waits in the middle of making an archive if it is told to.
 */
class ArchiveIT {
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        case $word in
          -Xshare:dump) dump=yes ;;
          -XX:SharedArchiveFile=*) archive=${word#*=} ;;
        esac
      done
      if [ -z "${dump:-}" ]; then
        echo "runs ${archive:+with an archive}" >&9
        exit
      fi
      echo "makes" >&9
      [ -z "${HOLD:-}" ] || read -r on <"$HOLD"
      : >"$archive"
      """;

  @TempDir Path folder;
  private Path lib;

  @BeforeEach
  void unpack() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("godwit/bin"));
    Files.copy(Launcher.HOME.resolve("bin/godwit"), bin.resolve("godwit"));
    lib = Files.createDirectory(folder.resolve("godwit/lib"));
    Files.writeString(lib.resolve("godwit.jar"), "jar");
    Files.writeString(lib.resolve("startup.classes"), "classes");
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("java/release"), "JAVA_RUNTIME_VERSION=\"17.0.1+2\"\n");
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("hold").toString()).start().waitFor())
        .isZero();
  }

  /** What it and all that it began say, until the last of them ended. */
  private BufferedReader start(Map<String, String> environment) throws IOException {
    Path program = folder.resolve("godwit/bin/godwit");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", "\"$0\" list 9>&1 >/dev/null | cat", program + "");
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    builder.environment().remove("GODWIT_ARCHIVE");
    builder.environment().putAll(environment);
    return builder.start().inputReader();
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  @Test
  void ofManyCommandsOneMakesTheArchive() throws Exception {
    try (BufferedReader first = start(Map.of("HOLD", folder.resolve("hold").toString()))) {
      assertThat(List.of(first.readLine(), first.readLine()))
          .containsExactlyInAnyOrder("runs ", "makes");
      try (BufferedReader second = start(Map.of())) {
        assertThat(second.lines()).containsExactly("runs ");
      }
      assertThat(archives()).isEmpty();
      Files.writeString(folder.resolve("hold"), "on\n");
      assertThat(first.lines()).isEmpty();
    }
    assertThat(archives()).hasSize(1);
    try (BufferedReader third = start(Map.of())) {
      assertThat(third.lines()).containsExactly("runs with an archive");
    }
  }

  @Test
  void oneThatWasKilledWhileItMadeTheArchiveIsNotWaitedForLong() throws Exception {
    Path mark = Files.createDirectory(lib.resolve("godwit-17.0.1+2.making"));
    try (BufferedReader early = start(Map.of())) {
      assertThat(early.lines()).containsExactly("runs ");
    }
    Files.setLastModifiedTime(mark, FileTime.from(Instant.now().minusSeconds(1000)));
    try (BufferedReader late = start(Map.of())) {
      assertThat(late.lines()).containsExactlyInAnyOrder("runs ", "makes");
    }
    assertThat(archives()).hasSize(1);
    assertThat(mark).doesNotExist();
  }

  @Test
  void askedForNowItIsMadeBesideAnother() throws Exception {
    Files.createDirectory(lib.resolve("godwit-17.0.1+2.making"));
    try (BufferedReader now = start(Map.of("GODWIT_ARCHIVE", "now"))) {
      assertThat(now.lines()).containsExactly("makes");
    }
    assertThat(archives()).hasSize(1);
  }
}
