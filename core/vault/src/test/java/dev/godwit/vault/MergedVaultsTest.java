package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.repair.RepairPlan;
import dev.godwit.vault.repair.VaultRepair;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two vaults that were copied into one folder: each can be had out of it again. */
class MergedVaultsTest {
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);

  private final Bench bench = new Bench();
  private Storage plain;
  private SealedVault sealed;
  private SealedVault other;

  @BeforeEach
  void backUp() {
    plain = new MemoryStorage();
    try (Vault vault = Vault.create(plain, SMALL)) {
      backUp(vault);
    }
    sealed = sealed();
    other = sealed();
  }

  private SealedVault sealed() {
    MemoryStorage storage = new MemoryStorage();
    SealedVault made = new SealedVault(storage, k -> Vault.create(storage, SMALL, Optional.of(k)));
    try (Vault vault = made.writer()) {
      backUp(vault);
    }
    return made;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void backUp(Vault vault) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, "shop.public.orders", 4, 1000);
      var unused = Bench.seal(writer);
    }
  }

  /** All files of one but those that the other has, as a copy into its folder leaves them. */
  private static void copyInto(Storage from, Storage to) throws IOException {
    try (Stream<Storage.StoredFile> files = from.list("")) {
      for (Iterator<Storage.StoredFile> i = files.iterator(); i.hasNext(); ) {
        Storage.StoredFile file = i.next();
        if (!file.path().equals(Layout.VAULT)) {
          try (StorageWriter writer = to.create(file.path())) {
            writer.write(ByteBuffer.wrap(bytes(from, file.path())));
            writer.commit();
          }
        }
      }
    }
  }

  private static byte[] bytes(Storage storage, String path) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) storage.stat(path).size());
    storage.read(path, 0, bytes);
    return bytes.array();
  }

  private static List<String> snapshotsAndVolumes(Storage storage) throws IOException {
    try (Stream<Storage.StoredFile> files = storage.list("")) {
      return files
          .map(Storage.StoredFile::path)
          .filter(path -> path.startsWith("snapshots/") || path.startsWith("volumes/"))
          .sorted()
          .toList();
    }
  }

  /** What a repair leaves of the other is all of it: with its vault.json it reads. */
  private void requireBothAreKept(
      Storage mine, Supplier<Vault> open, Storage theirs, Supplier<Vault> openTheirs)
      throws IOException {
    List<String> foreign = snapshotsAndVolumes(theirs);
    int own;
    try (Vault vault = open.get()) {
      own = vault.snapshots().size();
    }
    copyInto(theirs, mine);
    List<String> all = snapshotsAndVolumes(mine);
    try (Vault vault = open.get()) {
      CheckReport report = bench.check(vault, true);
      assertThat(report.damages()).isNotEmpty();
      assertThat(report.remarks()).anyMatch(r -> r.contains("of another vault"));
      for (boolean readData : new boolean[] {false, true}) {
        try (VaultRepair repair = vault.repair(readData, false, bench.context, read -> {})) {
          repair.rebuildIndex();
          RepairPlan plan = repair.plan();
          assertThat(plan.foreign()).hasSameElementsAs(foreign);
          assertThat(plan.isNeeded()).isFalse();
          assertThat(repair.mend(plan)).isEmpty();
        }
      }
      assertThat(snapshotsAndVolumes(mine)).isEqualTo(all);
      assertThat(vault.snapshots(bent -> {})).hasSize(own);
    }
    mine.replace(Layout.VAULT, bytes(theirs, Layout.VAULT));
    copyInto(mine, theirs);
    try (Vault vault = openTheirs.get()) {
      Manifest read = vault.snapshots(bent -> {}).get(0);
      assertThat(bench.read(vault, read)).hasSize(8000);
    }
  }

  @Test
  void ofTwoEncryptedNeitherLosesAnything() throws IOException {
    requireBothAreKept(sealed.storage, sealed::reader, other.storage, other::reader);
  }

  @Test
  void anEncryptedOneKeepsWhatIsOfAPlainOne() throws IOException {
    requireBothAreKept(sealed.storage, sealed::reader, plain, () -> Vault.open(plain));
  }

  @Test
  void aPlainOneKeepsWhatIsOfAnEncryptedOne() throws IOException {
    requireBothAreKept(plain, () -> Vault.open(plain), sealed.storage, sealed::reader);
  }

  @Test
  void whatIsBentIsNoOtherVaults() throws IOException {
    String volume = sealed.paths("volumes").get(0);
    byte[] bent = sealed.bytes(volume);
    bent[40] ^= 1; // in the id of the vault
    sealed.storage.replace(volume, bent);
    try (Vault vault = sealed.reader();
        VaultRepair repair = vault.repair(true, true, bench.context, read -> {})) {
      RepairPlan plan = repair.plan();
      assertThat(plan.foreign()).isEmpty();
      assertThat(plan.volumes()).extracting(RepairPlan.BentFile::path).containsExactly(volume);
    }
  }
}
