package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.key.Identity;
import dev.godwit.vault.key.NewEncryption;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.MeddlingStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a vault may be made, and what is told where there is none. */
class VaultPlaceTest {
  @TempDir Path folder;

  private static GodwitException failure(ThrowingCallable action) {
    return catchThrowableOfType(GodwitException.class, action);
  }

  private Storage storage(String name) {
    return Places.open(folder.resolve(name).toString());
  }

  @Test
  void aNewVaultCanBeOpened() {
    try (Vault vault = Vault.create(storage("new/deep"));
        Vault opened = Vault.open(storage("new/deep"))) {
      assertThat(opened.id()).isEqualTo(vault.id()).matches("[0-9a-f]{32}");
      assertThat(opened.display()).isEqualTo(folder.resolve("new/deep").toString());
      assertThat(opened.snapshots()).isEmpty();
    }
  }

  @Test
  void aFolderThatHoldsAnythingIsRefusedAndNotChanged() throws IOException {
    Files.createDirectories(folder.resolve("full/below"));
    Files.writeString(folder.resolve("full/below/mine.txt"), "mine");

    GodwitException e = failure(() -> Vault.create(storage("full")));

    assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(e).hasMessageContaining("below/mine.txt");
    try (Stream<Path> files = Files.walk(folder.resolve("full"))) {
      assertThat(files).hasSize(3);
    }
  }

  /** What it is, and what to do about it, is told to whoever would make another there, too. */
  @Test
  void aVaultThatLostItsFileIsNoFolderToEmpty() throws IOException {
    Bench bench = new Bench();
    try (bench;
        Vault vault = Vault.create(storage("lost"));
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, "shop.public.orders", 1, 10);
      var unused = Bench.seal(writer);
    }
    Files.delete(folder.resolve("lost/vault.json"));
    for (ThrowingCallable action :
        List.<ThrowingCallable>of(
            () -> Vault.create(storage("lost")), () -> Vault.open(storage("lost")))) {
      GodwitException e = failure(action);
      assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED);
      assertThat(e).hasMessageContaining("vault.json").hasMessageContaining("is missing");
      assertThat(e.hint().orElseThrow()).contains("of a copy", "that of a new vault");
    }
    Vault.create(storage("new")).close();
    Files.copy(folder.resolve("new/vault.json"), folder.resolve("lost/vault.json"));
    try (Bench again = new Bench();
        Vault vault = Vault.open(storage("lost"))) {
      assertThat(again.read(vault, vault.snapshots().get(0))).hasSize(20);
    }
  }

  @Test
  void aVaultIsNotMadeTwice() {
    Vault.create(storage("vault")).close();
    GodwitException e = failure(() -> Vault.create(storage("vault")));
    assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(e).hasMessageContaining("is a vault already");
  }

  /** Of two that begin at once each sees that the place is empty. */
  @Test
  void ofTwoThatMakeOneAtOnceTheSlowerIsToldSo() throws IOException {
    Storage place = storage("vault");
    Storage late =
        MeddlingStorage.of(
            place,
            (operation, of) -> {
              if (operation.equals("createIfAbsent")) {
                Vault.create(storage("vault")).close();
              }
            });
    assertThat(failure(() -> Vault.create(late)))
        .isInstanceOf(VaultExistsException.class)
        .hasMessage(place.display() + " is a vault already");
    Vault.open(place).close();
  }

  /** What lies in its work is no reason to refuse a place: another makes one, or was killed. */
  @Test
  void aPlaceWhereAnotherWasKilledBeforeItMadeOneIsAsGoodAsEmpty() throws IOException {
    Path left = folder.resolve("vault/work/" + "0a".repeat(16));
    Files.createDirectories(left);
    Files.createFile(left.resolve(UUID.randomUUID().toString()));
    Vault.create(storage("vault")).close();
    assertThat(folder.resolve("vault/vault.json")).exists();

    Files.createDirectories(folder.resolve("mine/work/plans"));
    Files.createFile(folder.resolve("mine/work/plans/a"));
    assertThat(failure(() -> Vault.create(storage("mine")))).hasMessageContaining("work/plans/a");
  }

  @Test
  void aVaultThatIsNotMadeAfterAllLeavesNoFolder() throws IOException {
    Files.createDirectories(folder.resolve("there"));
    NewEncryption unkept =
        new NewEncryption(
            List.of(Identity.generate().recipient()),
            Optional.empty(),
            key -> {
              throw new GodwitException(ExitCode.FAILED, "no place for the key");
            });
    for (String name : List.of("new/deep", "there")) {
      try (Storage storage = storage(name)) {
        assertThat(failure(() -> Vault.create(storage, Optional.of(unkept))))
            .hasMessage("no place for the key");
      }
    }
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left).containsExactlyInAnyOrder(folder, folder.resolve("there"));
    }
  }

  @Test
  void aMissingVaultIsNotMade() {
    GodwitException e = failure(() -> Vault.open(storage("nowhere")));
    assertThat(e.exitCode()).isEqualTo(ExitCode.NO_SUCH);
    assertThat(e.hint().orElseThrow()).contains("mounted");
    assertThat(folder.resolve("nowhere")).doesNotExist();
    assertThat(Vault.existsIn(storage("nowhere"))).isFalse();
  }

  @Test
  void aForeignFolderIsNoVault() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/letter.txt"), "dear");
    GodwitException e = failure(() -> Vault.open(storage("home")));
    assertThat(e.exitCode()).isEqualTo(ExitCode.NO_SUCH);
    assertThat(e).hasMessageContaining("letter.txt");
  }

  @Test
  void whereAFileLiesNoFolderCanBe() throws IOException {
    Files.writeString(folder.resolve("file"), "mine");
    for (ThrowingCallable action :
        List.<ThrowingCallable>of(
            () -> Vault.open(storage("file/below")), () -> Vault.create(storage("file/below")))) {
      assertThat(failure(action).hint().orElseThrow()).contains("name a folder");
    }
  }

  @Test
  void aBentVaultFileIsDamage() throws IOException {
    Vault.create(storage("vault")).close();
    Path file = folder.resolve("vault/vault.json");
    Files.writeString(file, Files.readString(file).replace("created", "Created"));
    assertThat(failure(() -> Vault.open(storage("vault"))).exitCode()).isEqualTo(ExitCode.DAMAGED);
  }

  @Test
  void aNewerFormatIsTold() throws IOException {
    Vault.create(storage("vault")).close();
    Path file = folder.resolve("vault/vault.json");
    String text = Files.readString(file).replace("\"format\" : 1", "\"format\" : 7");
    String head = text.substring(0, text.lastIndexOf(",\n  \"checksum\""));
    String hash = Hash.of(head.getBytes(StandardCharsets.UTF_8));
    Files.writeString(file, head + ",\n  \"checksum\" : \"" + hash + "\"\n}\n");
    assertThat(failure(() -> Vault.open(storage("vault"))).exitCode()).isEqualTo(ExitCode.TOO_NEW);
  }

  @Test
  void aPlaceIsAPathOrAFileUriOrAPlugins() {
    assertThat(Places.open("file://" + folder).display()).isEqualTo(folder.toString());
    assertThat(Places.open("vaults/mine")).isInstanceOf(LocalFolder.class);
    GodwitException e = failure(() -> Places.open("nosuch://bucket/prefix"));
    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
