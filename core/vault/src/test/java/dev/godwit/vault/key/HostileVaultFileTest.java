package dev.godwit.vault.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Secret;
import dev.godwit.vault.Vault;
import dev.godwit.vault.file.Encryption;
import dev.godwit.vault.file.Encryption.Argon2;
import dev.godwit.vault.file.Encryption.Entry;
import dev.godwit.vault.file.VaultFile;
import dev.godwit.vault.storage.LocalFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault.json that somebody changed who holds the storage, and may even hold a key. */
class HostileVaultFileTest {
  private static final Secret PHRASE = Secret.of("sesame");

  @TempDir Path folder;

  private final Identity identity = Identity.generate();
  private WriterKey writer;
  private VaultFile file;

  @BeforeEach
  void makeVault() {
    Vault.create(storage(), Optional.of(encryption(key -> writer = key))).close();
    file = VaultFile.read(storage());
  }

  private NewEncryption encryption(java.util.function.Consumer<WriterKey> keep) {
    return new NewEncryption(List.of(identity.recipient()), Optional.of(PHRASE), keep);
  }

  private LocalFolder storage() {
    return new LocalFolder(folder);
  }

  private ExitCode failure(KeyRing ring) {
    GodwitException e =
        catchThrowableOfType(GodwitException.class, () -> Vault.open(storage(), ring).close());
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).doesNotContain("\n");
    assertThat(e.hint()).isPresent();
    return e.exitCode();
  }

  private void put(VaultFile changed) throws Exception {
    Files.delete(folder.resolve("vault.json"));
    Files.write(folder.resolve("vault.json"), changed.bytes());
  }

  private void put(UnaryOperator<Encryption> change) throws Exception {
    put(file.with(change.apply(file.encryption().orElseThrow())));
  }

  private static Encryption with(Encryption old, List<Entry> entries) {
    return new Encryption(old.publicKey(), old.planeKey(), old.revision(), entries, old.mac());
  }

  private void everyKeyIsToldDamage() {
    for (KeyRing ring : List.of(KeyRing.of(identity), KeyRing.of(PHRASE), KeyRing.of(writer))) {
      assertThat(failure(ring)).isEqualTo(ExitCode.DAMAGED);
    }
  }

  @Test
  void everyWayInWorksBeforeAnyChange() {
    for (KeyRing ring : List.of(KeyRing.of(identity), KeyRing.of(PHRASE), KeyRing.of(writer))) {
      Vault.open(storage(), ring).close();
    }
    assertThat(failure(KeyRing.empty())).isEqualTo(ExitCode.WRONG_KEY);
    assertThat(failure(KeyRing.of(Secret.of("open")))).isEqualTo(ExitCode.WRONG_KEY);
    assertThat(failure(KeyRing.of(Identity.generate()))).isEqualTo(ExitCode.WRONG_KEY);
  }

  @Test
  void whatIsOutsideOfTheKeysIsProvenToo() throws Exception {
    put(new VaultFile(file.id(), file.created(), 1 << 20, file.volumeBlocks(), file.encryption()));
    everyKeyIsToldDamage();
  }

  @Test
  void recipientsThatAreSwappedOrOlderAreFound() throws Exception {
    put(
        old -> {
          List<Entry> entries = new ArrayList<>(old.recipients());
          Collections.reverse(entries);
          return with(old, entries);
        });
    everyKeyIsToldDamage();
    put(
        old ->
            new Encryption(
                old.publicKey(), old.planeKey(), old.revision() + 1, old.recipients(), old.mac()));
    everyKeyIsToldDamage();
  }

  @Test
  void anotherVaultInItsPlaceIsRefusedByTheWriter(@TempDir Path elsewhere) throws Exception {
    List<WriterKey> theirs = new ArrayList<>();
    Vault.create(new LocalFolder(elsewhere), Optional.of(encryption(theirs::add))).close();
    VaultFile other = VaultFile.read(new LocalFolder(elsewhere));
    put(other);
    assertThat(failure(KeyRing.of(writer))).isEqualTo(ExitCode.WRONG_KEY);
    // The same under the id of ours, with a mac of their own.
    VaultFile ours =
        new VaultFile(file.id(), file.created(), file.volumeBytes(), 8192, other.encryption());
    put(theirs.get(0).keys().of(file.id(), new byte[32]).proving(ours));
    assertThat(failure(KeyRing.of(writer))).isEqualTo(ExitCode.WRONG_KEY);
    assertThat(failure(KeyRing.of(identity))).isEqualTo(ExitCode.DAMAGED);
  }

  @Test
  void noMoreMemoryOrTimeIsGivenThanWeWouldAskFor() throws Exception {
    for (Argon2 greedy :
        List.of(
            new Argon2("00".repeat(16), 100 << 20, 3, 4),
            new Argon2("00".repeat(16), Integer.MAX_VALUE, 3, 4),
            new Argon2("00".repeat(16), 64 << 10, Integer.MAX_VALUE, 4),
            new Argon2("00".repeat(16), 64 << 10, 3, 1 << 24),
            new Argon2("00".repeat(16), 64 << 10, 3, 0),
            new Argon2("00".repeat(16), -1, 3, 4),
            new Argon2("", 64 << 10, 3, 4))) {
      put(
          old ->
              with(
                  old,
                  old.recipients().stream()
                      .map(
                          e ->
                              e.argon2() == null
                                  ? e
                                  : new Entry(
                                      e.id(), e.kind(), e.added(), null, greedy, e.wrapped()))
                      .toList()));
      Assertions.assertTimeoutPreemptively(
          Duration.ofMinutes(5),
          () -> assertThat(failure(KeyRing.of(PHRASE))).isEqualTo(ExitCode.DAMAGED));
    }
    put(old -> with(old, Collections.nCopies(65, old.recipients().get(1))));
    assertThat(failure(KeyRing.of(PHRASE))).isEqualTo(ExitCode.DAMAGED);
  }

  @Test
  void fieldsThatNobodyProvesAreNotPassedOver() throws Exception {
    String text = Files.readString(folder.resolve("vault.json"));
    String more = text.replace("\"revision\" : 1,", "\"revision\" : 1,\n    \"more\" : 1,");
    String head = more.substring(0, more.lastIndexOf(",\n  \"checksum\""));
    String sum =
        dev.godwit.vault.file.Hash.of(head.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Files.delete(folder.resolve("vault.json"));
    Files.writeString(
        folder.resolve("vault.json"), head + ",\n  \"checksum\" : \"" + sum + "\"\n}\n");
    everyKeyIsToldDamage();
  }

  @Test
  void aReaderProvesTheWritersOfTheVaultAndNoOthers() throws Exception {
    LocalFolder storage = storage();
    try (Vault vault = Vault.open(storage, KeyRing.of(identity))) {
      vault.keepWriter(writer.keys());
      ReaderKeys reader = vault.keys().reading().orElseThrow();
      byte[] record = {1, 2, 3};
      assertThat(WriterFiles.ids(storage)).containsExactly(writer.writerId());
      assertThat(WriterFiles.open(storage, reader, writer.writerId()).audit().doFinal(record))
          .isEqualTo(writer.keys().audit().doFinal(record));
      Path kept = folder.resolve("keys/writers/" + writer.writerId() + ".json");
      String text = Files.readString(kept);
      Files.delete(kept);
      Files.writeString(kept, text.replaceAll("(\"sealed\" : \")(.)", "$1g"));
      assertThatThrownBy(() -> WriterFiles.open(storage, reader, writer.writerId()))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED));
    }
  }
}
