package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are cut short, empty, swapped, missing or foreign. */
class DamagedFilesTest {
  @TempDir Path folder;

  private final Bench bench = new Bench();
  private Vault vault;
  private Manifest manifest;

  @BeforeEach
  void makeVault() {
    vault = Vault.create(new LocalFolder(folder), new VolumeLimits(16 << 10, 100));
    manifest = bench.backUp(vault, "shop.public.orders", 8, 1000);
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(below))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String path(Path file) {
    return folder.relativize(file).toString();
  }

  private void requireFound(Path file) {
    for (boolean readData : new boolean[] {false, true}) {
      assertThat(bench.check(vault, readData).damages())
          .as("%s, readData=%s", path(file), readData)
          .anySatisfy(
              damage -> {
                assertThat(damage.file()).isEqualTo(path(file));
                if (!damage.file().startsWith("index/")) {
                  assertThat(damage.hits()).isNotEmpty();
                  assertThat(damage.hits().get(0)).startsWith(manifest.id());
                }
              });
    }
  }

  @Test
  void aFileThatIsCutShortOrEmptyIsFound() throws IOException {
    for (Path file : files("")) {
      if (file.endsWith("vault.json")) {
        continue;
      }
      byte[] bytes = Files.readAllBytes(file);
      for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
        Files.write(file, Arrays.copyOf(bytes, length));
        requireFound(file);
      }
      Files.write(file, bytes);
    }
    assertThat(bench.check(vault, true).damages()).isEmpty();
  }

  @Test
  void aFileThatIsLongerIsFound() throws IOException {
    for (Path file : files("")) {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
      assertThat(bench.check(vault, true).damages())
          .anyMatch(damage -> damage.file().equals(path(file)));
      Files.write(file, bytes);
    }
  }

  @Test
  void aMissingFileIsFound() throws IOException {
    for (String below : List.of("volumes", "lists")) {
      for (Path file : files(below)) {
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        requireFound(file);
        assertThatThrownBy(() -> bench.read(vault, manifest))
            .isInstanceOfSatisfying(
                GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED))
            .hasMessageContaining(path(file));
        Files.write(file, bytes);
      }
    }
  }

  @Test
  void swappedVolumesAreFound() throws IOException {
    List<Path> volumes = files("volumes");
    byte[] first = Files.readAllBytes(volumes.get(0));
    byte[] second = Files.readAllBytes(volumes.get(1));
    Files.write(volumes.get(0), second);
    Files.write(volumes.get(1), first);
    requireFound(volumes.get(0));
    requireFound(volumes.get(1));
    assertThatThrownBy(() -> bench.read(vault, manifest))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED));
  }

  @Test
  void aBentBlockNamesFileAndDataset() throws IOException {
    Path volume = files("volumes").get(0);
    byte[] bytes = Files.readAllBytes(volume);
    bytes[100] ^= 1;
    Files.write(volume, bytes);
    assertThat(bench.check(vault, false).damages()).isEmpty();
    assertThat(bench.check(vault, true).damages())
        .singleElement()
        .satisfies(
            damage -> {
              assertThat(damage.file()).isEqualTo(path(volume));
              assertThat(damage.hits()).containsExactly(manifest.id() + ": shop.public.orders");
            });
    assertThatThrownBy(() -> bench.read(vault, manifest))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining(path(volume))
        .hasMessageContaining("shop.public.orders#");
  }

  @Test
  void foreignFilesAreTold() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("snapshots/readme.json"), "{}");
    Files.writeString(files("volumes").get(0).resolveSibling("x.gwv"), "?");
    CheckReport report = bench.check(vault, true);
    assertThat(report.damages()).isEmpty();
    assertThat(report.remarks())
        .anyMatch(r -> r.startsWith("notes.txt "))
        .anyMatch(r -> r.startsWith("snapshots/readme.json "))
        .anyMatch(r -> r.contains("/x.gwv "));
    assertThat(vault.snapshots()).hasSize(1);
  }

  /** One that somebody made within another is told by its folder, not by each of its files. */
  @Test
  void aVaultBelowIsToldOnce() throws IOException {
    for (String below : List.of("other", "other/third", "old/2025")) {
      try (Vault nested = Vault.create(new LocalFolder(folder.resolve(below)))) {
        bench.backUp(nested, "shop.public.orders", 1, 10);
      }
    }
    Files.writeString(folder.resolve("old/notes.txt"), "mine");
    assertThat(bench.check(vault, true).remarks())
        .containsExactlyInAnyOrder(
            "other is a vault of its own, which was not checked",
            "old/2025 is a vault of its own, which was not checked",
            "old/notes.txt is no file of a vault");
  }

  @Test
  void aBentManifestDoesNotHideTheOthers() throws IOException {
    Manifest other = bench.backUp(vault, "shop.public.orders", 2, 10);
    Path bent = files("snapshots").get(0);
    Files.writeString(bent, "{}");
    assertThatThrownBy(() -> vault.find(SnapshotChoice.LATEST))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> assertThat(e.hint().orElse("")).contains("godwit list", "by its id"))
        .hasMessageContaining(path(bent));
    List<String> told = new ArrayList<>();
    assertThat(vault.snapshots(e -> told.add(e.getMessage()))).containsExactly(other);
    assertThat(vault.heads(e -> told.add(e.getMessage()))).containsExactly(other.head());
    assertThat(told).hasSize(2).allMatch(line -> line.startsWith(path(bent)));
    SnapshotChoice choice = new SnapshotChoice(other.id(), Optional.empty());
    assertThat(bench.read(vault, vault.find(choice))).hasSize(40);
  }
}
