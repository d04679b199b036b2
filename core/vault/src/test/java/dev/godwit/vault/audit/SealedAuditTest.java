package dev.godwit.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.Vault;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.OtherKeys;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.key.WriterKey;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.SealedVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The audit of an encrypted vault, before whom may write there and before its own writers. */
class SealedAuditTest {
  private static final Actor ANN = new Actor("ann-of-the-night", "database-one", 1);

  /** Long, as its letters must not stand in something random by chance. */
  private static final String COMMAND = "cat of the orders";

  private final MemoryStorage storage = new MemoryStorage();
  private final SealedVault sealed =
      new SealedVault(storage, keys -> Vault.create(storage, Optional.of(keys)));
  private final WriterKey another = OtherKeys.ofAnotherWriter(sealed.writerKey());

  SealedAuditTest() {
    try (Vault vault = sealed.writer()) {
      vault.keepWriter(sealed.writerKey().keys());
      vault.keepWriter(another.keys());
    }
  }

  private AuditSeal seal(WriterKeys keys) {
    return AuditSeal.of(new VaultFiles(storage, sealed.writerKey().vaultId(), keys), ANN);
  }

  private void reads(WriterKeys keys) {
    new AuditLog(storage, sealed.writerKey().vaultId(), seal(keys), ANN, COMMAND)
        .end(new TreeMap<>(), 0, new TreeMap<>());
  }

  private AuditName theOnly() throws IOException {
    List<String> paths = sealed.paths(Layout.AUDIT);
    assertThat(paths).hasSize(1);
    return AuditName.at(paths.get(0)).orElseThrow();
  }

  /** Puts bytes where a record of that writer and number belongs, under the name that fits them. */
  private void put(String writer, long number, byte[] stored) {
    storage.createIfAbsent(new AuditName(writer, number, Hash.of(stored)).path(), stored);
  }

  private AuditReport asReader() {
    try (Vault vault = sealed.reader()) {
      return vault.audit().read(List.of());
    }
  }

  private AuditReport as(WriterKey key) {
    try (Vault vault = sealed.writer(key)) {
      return vault.audit().read(List.of());
    }
  }

  /** A record in the chain of one writer, signed by someone else. */
  private byte[] forged(WriterKeys forger, String victim, byte[] record) {
    byte[] aad =
        ("audit " + sealed.writerKey().vaultId() + ' ' + victim)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = forger.seal(Plane.AUDIT, record, aad);
    return ("{\"format\":1,\"sealed\":\""
            + Base64.getEncoder().encodeToString(bytes)
            + "\",\"mac\":\""
            + HexFormat.of().formatHex(forger.audit().doFinal(bytes))
            + "\"}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] recordOf(WriterKeys keys) throws Exception {
    reads(keys);
    AuditName name = theOnly();
    byte[] record = seal(keys).open(keys.writerId(), sealed.bytes(name.path()));
    storage.delete(name.path());
    return record;
  }

  @Test
  void nothingOfARecordStandsInTheOpen() throws IOException {
    reads(sealed.writerKey().keys());
    String stored = new String(sealed.bytes(theOnly().path()), StandardCharsets.UTF_8);
    assertThat(stored).doesNotContain(ANN.user(), ANN.host(), COMMAND);
    for (AuditReport seen : List.of(asReader(), as(sealed.writerKey()), as(another))) {
      assertThat(seen.damages()).isEmpty();
      assertThat(seen.entries())
          .singleElement()
          .satisfies(entry -> assertThat(entry.record().who()).isEqualTo(ANN));
    }
  }

  @Test
  void anotherWriterForgesNoneThatAReaderOrTheVictimBelieves() throws Exception {
    WriterKeys victim = sealed.writerKey().keys();
    byte[] record = recordOf(victim);
    put(victim.writerId(), 1, forged(another.keys(), victim.writerId(), record));
    for (AuditReport seen : List.of(asReader(), as(sealed.writerKey()))) {
      assertThat(seen.entries()).isEmpty();
      assertThat(seen.damages())
          .singleElement()
          .satisfies(damage -> assertThat(damage.what()).isEqualTo("was not signed by its writer"));
    }
    assertThat(as(another).entries()).as("a writer proves no other's").hasSize(1);
  }

  @Test
  void whoHoldsNoKeyForgesNone() throws Exception {
    WriterKeys victim = sealed.writerKey().keys();
    byte[] record = recordOf(victim);
    WriterKeys thief = OtherKeys.ofAThief(sealed.writerKey());
    put(victim.writerId(), 1, forged(thief, victim.writerId(), record));
    put(thief.writerId(), 1, forged(thief, thief.writerId(), record));
    put(victim.writerId(), 2, record); // in the open
    for (AuditReport seen : List.of(asReader(), as(sealed.writerKey()), as(another))) {
      assertThat(seen.entries()).isEmpty();
      assertThat(seen.damages()).hasSize(3);
    }
  }

  @Test
  void oneOfAWriterThatTheVaultDoesNotKnowIsNotBelieved() throws Exception {
    WriterKeys stranger = OtherKeys.ofAnotherWriter(sealed.writerKey()).keys();
    reads(stranger);
    assertThat(asReader().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.what()).contains("does not know"));
  }

  @Test
  void oneThatWasMovedIsFound() throws IOException {
    WriterKeys first = sealed.writerKey().keys();
    reads(first);
    byte[] stored = sealed.bytes(theOnly().path());
    put(another.keys().writerId(), 1, stored);
    put(first.writerId(), 2, stored);
    for (AuditReport seen : List.of(asReader(), as(sealed.writerKey()), as(another))) {
      assertThat(seen.entries()).hasSize(1);
      assertThat(seen.damages()).hasSize(2);
    }
  }

  @Test
  void aBentOneIsFoundThoughItsNameFits() throws IOException {
    WriterKeys keys = sealed.writerKey().keys();
    reads(keys);
    AuditName name = theOnly();
    byte[] whole = sealed.bytes(name.path());
    AuditRecord said = asReader().entries().get(0).record();
    storage.delete(name.path());
    for (int i = 0; i < whole.length; i++) {
      byte[] bent = whole.clone();
      bent[i] ^= 1;
      put(keys.writerId(), 1, bent);
      AuditReport seen = asReader();
      assertThat(seen.entries().size() + seen.damages().size()).isEqualTo(1);
      // Where it is still believed, a blank around it changed: it says what it said.
      seen.entries().forEach(entry -> assertThat(entry.record()).isEqualTo(said));
      storage.delete(new AuditName(keys.writerId(), 1, Hash.of(bent)).path());
    }
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 3}) {
      put(keys.writerId(), 1, Arrays.copyOf(whole, length));
    }
    assertThat(asReader().damages()).hasSize(4);
  }

  /** What cannot be read for now is no forgery: nobody is to be blamed for a network. */
  @Test
  void aFailingStorageIsNoForgedRecord() {
    reads(another.keys());
    Storage failing =
        MeddlingStorage.of(
            storage,
            (operation, path) -> {
              if (operation.equals("read") && path.startsWith("keys/writers/")) {
                throw new IOException("the network is gone");
              }
            });
    try (Vault vault = Vault.open(failing, KeyRing.of(sealed.identity))) {
      assertThatThrownBy(() -> vault.audit().read(List.of()))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("the network is gone")
          .satisfies(
              e -> assertThat(((GodwitException) e).exitCode()).isNotEqualTo(ExitCode.DAMAGED));
    }
  }
}
