package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.OtherKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.ForgedVolume;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What another writer of the vault may do, who holds the writer plane and no key of ours. */
class HostileWriterTest {
  private final MemoryStorage storage = new MemoryStorage();
  private final SealedVault sealed =
      new SealedVault(storage, keys -> Vault.create(storage, Optional.of(keys)));
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Manifest backUp(Vault vault) {
    return bench.backUp(vault, "shop.public.orders", 4, 1000);
  }

  @Test
  void anotherWritersBlocksAreNotReused() {
    try (Vault ours = sealed.writer();
        Vault theirs = sealed.writer(OtherKeys.ofAnotherWriter(sealed.writerKey()))) {
      Manifest first = backUp(theirs);
      Manifest second = backUp(ours);
      assertThat(second.totals().newBytes()).isEqualTo(first.totals().newBytes());
      assertThat(backUp(theirs).totals().newBytes()).isZero();
      assertThat(backUp(ours).totals().newBytes()).isZero();
    }
    try (Vault vault = sealed.reader()) {
      assertThat(bench.check(vault, true).damages()).isEmpty();
      for (Manifest manifest : vault.snapshots()) {
        assertThat(bench.read(vault, manifest)).hasSize(8000);
      }
    }
  }

  @Test
  void anothersSourceIsADomainOfItsOwn() {
    try (Vault vault = sealed.writer()) {
      backUp(vault);
      try (SnapshotWriter writer = vault.write(Bench.draft("store"), bench.context)) {
        bench.write(writer, "shop.public.orders", 4, 1000);
        assertThat(Bench.seal(writer).totals().newBytes()).isPositive();
      }
    }
  }

  /** He names our ids in a volume of his own, and hopes that we find them there. */
  @Test
  void aBlockThatAnotherWriterStoredUnderOurIdIsNotReused()
      throws IOException, DamagedBlockException {
    VaultFiles theirs;
    try (Vault vault = sealed.writer(OtherKeys.ofAnotherWriter(sealed.writerKey()))) {
      theirs = new VaultFiles(storage, vault.id(), vault.keys());
    }
    try (Vault ours = sealed.writer()) {
      backUp(ours);
    }
    VolumeId ourVolume = Layout.volumeAt(sealed.paths("volumes").get(0)).orElseThrow();
    long size = storage.stat(Layout.volume(ourVolume)).size();
    VolumeTable table = VolumeTable.read(theirs, ourVolume, size);
    List<BlockRef> forged = ForgedVolume.naming(theirs.begin("shop"), table);
    assertThat(forged).hasSize(8);
    for (String path : sealed.paths("index")) {
      storage.delete(path); // so that all volumes are looked through again
    }
    storage.delete(Layout.volume(ourVolume));

    try (Vault ours = sealed.writer()) {
      Manifest manifest = backUp(ours);
      assertThat(manifest.totals().newBytes()).as("nothing of his is believed").isPositive();
      try (Vault vault = sealed.reader()) {
        assertThat(bench.read(vault, manifest)).hasSize(8000);
      }
    }
  }
}
