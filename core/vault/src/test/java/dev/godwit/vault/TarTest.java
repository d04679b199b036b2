package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.archive.TarExport;
import dev.godwit.vault.archive.TarImport;
import dev.godwit.vault.archive.TemporaryFolder;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One snapshot as a tar, and back. */
class TarTest {
  @TempDir Path folder;
  private final Bench bench = new Bench();
  private Vault vault;
  private Manifest manifest;
  private List<String> rows;
  private byte[] tar;

  @BeforeEach
  void export() throws IOException {
    vault = Vault.create(new MemoryStorage(), new VolumeLimits(16 << 10, 100));
    bench.backUp(vault, "shop.public.other", 3, 500);
    try (SnapshotWriter writer = vault.write(Bench.draft("shop", "weekly"), bench.context)) {
      bench.write(writer, "shop.public.orders", 8, 1000);
      bench.write(writer, "shop.public.copies", 4, 1000);
      bench.write(writer, "shop.public.many", 2, 12, 301);
      manifest = Bench.seal(writer);
    }
    rows = bench.read(vault, manifest);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarExport export = vault.export(manifest, bench.context)) {
      long[] written = {0};
      export.write(out, count -> written[0] += count);
      assertThat(written[0]).isPositive().isLessThan(export.bytes());
    }
    tar = out.toByteArray();
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  private Path unpack(byte[] bytes, Path into) {
    return new TarImport("x.tar", bench.cancellation, read -> {})
        .unpack(new ByteArrayInputStream(bytes), into);
  }

  private List<String> names(byte[] bytes) throws IOException {
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(bytes), "UTF-8")) {
      TarArchiveEntry entry = in.getNextEntry();
      while (entry != null) {
        names.add(entry.getName());
        entry = in.getNextEntry();
      }
    }
    return names;
  }

  @Test
  void whatIsUnpackedIsAVaultOfThatSnapshotAlone() throws IOException {
    Path root = unpack(tar, folder);
    assertThat(root.getFileName().toString()).isEqualTo("godwit-" + manifest.id());
    try (Vault unpacked = Vault.open(new LocalFolder(root))) {
      Manifest there = unpacked.find(SnapshotChoice.LATEST);
      assertThat(unpacked.snapshots()).hasSize(1);
      assertThat(there.tags()).containsExactly("weekly");
      assertThat(there.finished()).isEqualTo(manifest.finished());
      assertThat(bench.read(unpacked, there)).isEqualTo(rows);
      CheckReport report = bench.check(unpacked, true);
      assertThat(report.damages()).isEmpty();
      assertThat(report.blocks()).as("each block once").isEqualTo(8 * 2 + 2 * 12);
      assertThat(report.remarks()).noneMatch(r -> r.contains("not used"));
      CopyChoice all = new CopyChoice(List.of(), Optional.empty(), Optional.empty());
      assertThat(unpacked.planCopy(vault, all, bench.warnings::add))
          .singleElement()
          .isInstanceOf(CopyStep.There.class);
      assertThat(bench.backUp(unpacked, "shop.public.orders", 8, 1000).totals().newBytes())
          .isZero();
    }
  }

  @Test
  void listsComeBeforeVolumes() throws IOException {
    List<String> kinds =
        names(tar).stream().map(name -> name.split("/", -1)[1]).distinct().toList();
    assertThat(kinds).containsExactly("vault.json", "snapshots", "lists", "volumes");
  }

  @Test
  void theSystemsTarUnpacksIt() throws Exception {
    Path file = folder.resolve("x.tar");
    Files.write(file, tar);
    Process process =
        new ProcessBuilder("tar", "xf", file.toString(), "-C", folder.toString()).start();
    assertThat(process.waitFor()).isZero();
    try (Vault unpacked = Vault.open(new LocalFolder(folder.resolve("godwit-" + manifest.id())))) {
      assertThat(bench.check(unpacked, true).damages()).isEmpty();
    }
    Process again =
        new ProcessBuilder(
                "tar", "cf", file.toString(), "-C", folder + "/godwit-" + manifest.id(), ".")
            .start();
    assertThat(again.waitFor()).isZero();
    Path into = Files.createDirectory(folder.resolve("again"));
    assertThat(unpack(Files.readAllBytes(file), into)).isEqualTo(into);
  }

  /** Whether anything in the way to a restore says that the tar is not whole. */
  private Optional<GodwitException> refused(byte[] bytes) {
    try (TemporaryFolder into = new TemporaryFolder("godwit-")) {
      try (Vault unpacked = Vault.open(new LocalFolder(unpack(bytes, into.path())))) {
        CheckReport report = bench.check(unpacked, true);
        if (report.damages().isEmpty() && report.snapshots() == 1) {
          assertThat(bench.read(unpacked, unpacked.snapshots().get(0))).isEqualTo(rows);
          return Optional.empty();
        }
        return Optional.of(new GodwitException(ExitCode.DAMAGED, "found by the check"));
      } catch (GodwitException e) {
        assertThat(e.exitCode())
            .as(e.getMessage())
            .isIn(ExitCode.DAMAGED, ExitCode.USAGE, ExitCode.TOO_NEW);
        return Optional.of(e);
      }
    }
  }

  @Test
  void aTarThatIsCutShortIsNeverTakenForWhole() {
    int end = tar.length;
    while (tar[end - 1] == 0) {
      end--;
    }
    for (int length = 0; length < end; length += 1531) {
      assertThat(refused(Arrays.copyOf(tar, length))).as("%d of %d", length, end).isPresent();
    }
    assertThat(refused(Arrays.copyOf(tar, end - 1))).isPresent();
    assertThat(refused(tar)).isEmpty();
  }

  @Test
  void aBitThatFlippedIsFoundOrDoesNoHarm() {
    SplittableRandom random = new SplittableRandom(20261121);
    int found = 0;
    for (int i = 0; i < 150; i++) {
      byte[] bent = tar.clone();
      bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
      found += refused(bent).isPresent() ? 1 : 0;
    }
    assertThat(found).isGreaterThan(75);
  }

  private static byte[] tarOf(String name, byte type, String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream made = new TarArchiveOutputStream(out, "UTF-8")) {
      TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
      if (type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK) {
        entry.setLinkName("/etc/passwd");
      } else {
        entry.setSize(text.length());
      }
      made.putArchiveEntry(entry);
      if (entry.getSize() > 0) {
        made.write(text.getBytes(StandardCharsets.US_ASCII));
      }
      made.closeArchiveEntry();
    }
    return out.toByteArray();
  }

  @Test
  void nothingIsWrittenOutsideOfTheFolder() throws IOException {
    Path into = Files.createDirectory(folder.resolve("into"));
    for (String name :
        List.of(
            "../vault.json",
            "/tmp/godwit-outside/vault.json",
            "godwit-1/../../vault.json",
            "godwit-1/volumes/../../../vault.json",
            "..\\vault.json")) {
      byte[] hostile = tarOf(name, TarConstants.LF_NORMAL, "x");
      assertThatThrownBy(() -> unpack(hostile, into))
          .as(name)
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED))
          .hasMessageContaining("leads out");
    }
    for (byte type :
        new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO}) {
      byte[] hostile = tarOf("godwit-1/vault.json", type, "");
      assertThatThrownBy(() -> unpack(hostile, into))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("no plain file");
    }
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void somethingElseIsToldInOneLine() throws IOException {
    Path into = Files.createDirectory(folder.resolve("into"));
    byte[] photos = tarOf("photos/cat.jpg", TarConstants.LF_NORMAL, "x");
    byte[] text = "a letter, and not a tar\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
    for (byte[] other :
        List.of(
            new byte[0], new byte[10_240], text, photos, new byte[] {0x1F, (byte) 0x8B, 8, 0})) {
      assertThatThrownBy(() -> unpack(other, into))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }
  }

  @Test
  void aDamagedVaultGivesNoWholeTar() throws IOException {
    MemoryStorage files = new MemoryStorage();
    try (Vault bent = Vault.create(files, new VolumeLimits(16 << 10, 100))) {
      Manifest whole = bench.backUp(bent, "shop.public.orders", 8, 1000);
      files.delete(files.list("volumes").findFirst().orElseThrow().path());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (TarExport export = bent.export(whole, bench.context)) {
        assertThatThrownBy(() -> export.write(out, read -> {}))
            .isInstanceOfSatisfying(
                GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED));
      }
      assertThat(refused(out.toByteArray())).isPresent();
    }
  }
}
