package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.archive.TarImport;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tars that are nearly one of a vault. */
class OddTarTest {
  @TempDir Path folder;
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  /** A tar of small files of these paths, in this order; vault.json is a true one. */
  private static byte[] tar(String... paths) throws IOException {
    byte[] vault = vaultFile();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String path : paths) {
      files.put(path, path.endsWith("vault.json") ? vault : new byte[] {'x'});
    }
    return tar(files);
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  /** As {@code tar} writes a folder: the folder itself goes ahead of what is in it. */
  @ParameterizedTest
  @ValueSource(strings = {"x/", "./x/", "./", "", "./ ./x/ x/volumes/ x/volumes/aa/"})
  void aFolderAheadOfItsFilesIsNoVault(String folders) throws IOException {
    byte[] vault = vaultFile();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : folders.split(" ", -1)) {
      if (!name.isEmpty()) {
        files.put(name, new byte[0]);
      }
    }
    boolean below = folders.contains("x/");
    files.put((below ? "x/" : "") + "volumes/aa/0", new byte[0]);
    files.put((below ? "x/" : "") + "vault.json", vault);
    assertThat(unpack(tar(files)).resolve("vault.json")).hasBinaryContent(vault);
  }

  private static byte[] vaultFile() throws IOException {
    MemoryStorage storage = new MemoryStorage();
    Vault.create(storage).close();
    byte[] bytes = new byte[(int) storage.stat("vault.json").size()];
    int read = storage.read("vault.json", 0, java.nio.ByteBuffer.wrap(bytes));
    assertThat(read).isEqualTo(bytes.length);
    return bytes;
  }

  private Path unpack(byte[] tar) {
    return new TarImport("x.tar", bench.cancellation, read -> {})
        .unpack(new ByteArrayInputStream(tar), folder.resolve("into"));
  }

  /** Of which the only vault.json lies elsewhere, with and without files that a vault has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lists/vault.json",
        "x/y/vault.json",
        "x/lists/vault.json",
        "x/pins/vault.json",
        "pins/0123456789abcdef",
        "x/pins/0123456789abcdef",
        "pins/vault.json pins/0123456789abcdef",
        "x/vault.json/vault.json",
        "x/volumes/aa/vault.json x/lists/bb/vault.json",
      })
  void isNoTarOfAVault(String paths) throws IOException {
    byte[] tar = tar(paths.split(" ", -1));
    assertThatThrownBy(() -> unpack(tar))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isIn(ExitCode.USAGE, ExitCode.DAMAGED);
              assertThat(e.getMessage()).contains("no tar of a vault").doesNotContain("\n");
            });
  }

  /** Which of them would be meant is nobody's to guess. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/vault.json b/vault.json",
        "vault.json a/vault.json",
        "a/vault.json vault.json",
        "a/vault.json b/lists/aa/x",
        "vault.json a/lists/aa/x",
      })
  void twoVaultsInOneAreRefused(String paths) throws IOException {
    byte[] tar = tar(paths.split(" ", -1));
    assertThatThrownBy(() -> unpack(tar))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(paths.split(" ", -1)[1]);
  }

  /** Files ahead of vault.json must be of the same folder. */
  @ParameterizedTest
  @ValueSource(strings = {"b/lists/aa/x a/vault.json", "lists/aa/x a/vault.json"})
  void filesAheadOfAnotherVaultAreNoneOfIt(String paths) throws IOException {
    byte[] tar = tar(paths.split(" ", -1));
    assertThatThrownBy(() -> unpack(tar))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  /** As {@code tar} makes it of the whole folder, in an order of its own. */
  @Test
  void aVaultWithPinsKeepsThem() throws IOException {
    Path made = folder.resolve("made");
    Manifest manifest;
    try (Vault vault = Vault.create(new LocalFolder(made))) {
      manifest = bench.backUp(vault, "shop.public.orders", 2, 100);
      vault.pins().pin(manifest.id());
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Path file : all(made)) {
      files.put("shop/" + made.relativize(file), Files.readAllBytes(file));
    }
    assertThat(files.keySet().iterator().next()).isNotEqualTo("shop/vault.json");
    Path root = unpack(tar(files));
    assertThat(root).isEqualTo(folder.resolve("into/shop"));
    try (Vault unpacked = Vault.open(new LocalFolder(root))) {
      assertThat(unpacked.pins().all()).containsExactly(manifest.id());
      assertThat(bench.check(unpacked, true).damages()).isEmpty();
    }
  }

  private static List<Path> all(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      Path[] files = walk.filter(Files::isRegularFile).toArray(Path[]::new);
      Arrays.sort(files);
      return List.of(files);
    }
  }
}
