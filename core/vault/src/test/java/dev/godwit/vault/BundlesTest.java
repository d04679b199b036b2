package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.carry.SnapshotCarrier;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.repair.RepairPlan;
import dev.godwit.vault.repair.VaultRepair;
import dev.godwit.vault.snapshot.NearManifests;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.FarStorage;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.testing.SealedVault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many manifests lie in one file too, and whoever lists a far vault asks for few. */
class BundlesTest {
  private static final int MANY = 32;
  private static final String ORDERS = "shop.public.orders";

  @TempDir Path caches;
  private final MemoryStorage storage = new MemoryStorage();
  private final FarStorage far = new FarStorage(storage, Duration.ZERO);
  private final Bench bench = new Bench();
  private int hosts;

  @AfterEach
  void close() {
    bench.close();
  }

  private void backUp(Vault vault, int times) {
    for (int i = 0; i < times; i++) {
      bench.backUp(vault, ORDERS, 1, 3);
    }
  }

  private List<String> bundles() throws IOException {
    try (Stream<StoredFile> files = storage.list("bundles")) {
      return files.map(StoredFile::path).sorted().toList();
    }
  }

  private byte[] bytes(String path) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) storage.stat(path).size());
    storage.read(path, 0, bytes);
    return bytes.array();
  }

  /** What a host lists that never saw this vault; it has asked the storage so often then. */
  private List<Manifest> list(Vault vault) {
    Map<String, String> environment =
        Map.of("XDG_CACHE_HOME", caches.resolve("host" + hosts++).toString());
    Storage near = NearManifests.over(far, vault.id(), environment);
    far.asked.set(0);
    return new Snapshots(new VaultFiles(near, vault.id(), vault.keys())).all();
  }

  @Test
  void manyAreReadInAFewRequests() throws Exception {
    try (Vault vault = Vault.create(storage)) {
      backUp(vault, MANY - 1);
      assertThat(bundles()).isEmpty();
      assertThat(list(vault)).isEqualTo(vault.snapshots());
      assertThat(far.asked).as("a list, and each").hasValue(MANY);

      backUp(vault, 1);
      assertThat(bundles()).singleElement().asString().startsWith("bundles/32-");
      assertThat(list(vault)).isEqualTo(vault.snapshots());
      assertThat(far.asked).as("two lists and a bundle").hasValue(3);

      backUp(vault, MANY + 1);
      assertThat(bundles()).hasSize(2).allMatch(path -> path.startsWith("bundles/32-"));
      assertThat(list(vault)).isEqualTo(vault.snapshots()).hasSize(2 * MANY + 1);
      assertThat(far.asked).as("two lists, two bundles and the one that is in none").hasValue(5);
      assertThat(bench.check(vault, true).damages()).isEmpty();
      assertThat(bench.check(vault, true).remarks()).isEmpty();
      assertThat(bench.warnings).isEmpty();
    }
  }

  @Test
  void itIsATarOfWhatLiesInTheVault() throws Exception {
    try (Vault vault = Vault.create(storage)) {
      backUp(vault, MANY);
    }
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new ByteArrayInputStream(bytes(bundles().get(0)))))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        names.add(entry.getName());
        assertThat(tar.readAllBytes()).isEqualTo(bytes(entry.getName()));
        assertThat(entry.getUserName()).isEmpty();
      }
    }
    try (Stream<StoredFile> manifests = storage.list("snapshots")) {
      assertThat(names)
          .containsExactlyElementsOf(manifests.map(StoredFile::path).sorted().toList());
    }
  }

  @Test
  void whatAPruneDropsIsInNoneOfThem() throws Exception {
    try (Vault vault = Vault.create(storage)) {
      backUp(vault, 2 * MANY);
      PruneBench.prune(vault, bench, MANY + 5);
      assertThat(bundles()).singleElement().asString().startsWith("bundles/37-");
      assertThat(list(vault)).isEqualTo(vault.snapshots()).hasSize(MANY + 5);
      assertThat(far.asked).hasValue(3);
      String before = bundles().get(0);
      PruneBench.prune(vault, bench, MANY + 5);
      assertThat(bundles()).containsExactly(before);
      PruneBench.prune(vault, bench, 2);
      assertThat(bundles()).isEmpty();
      assertThat(vault.snapshots()).hasSize(2);
    }
  }

  /** A snapshot is there while its own manifest is. */
  @Test
  void aBundleBringsNothingBack() throws Exception {
    try (Vault vault = Vault.create(storage)) {
      backUp(vault, MANY);
      List<Manifest> all = vault.snapshots();
      try (Stream<StoredFile> manifests = storage.list("snapshots")) {
        storage.delete(manifests.map(StoredFile::path).sorted().findFirst().orElseThrow());
      }
      assertThat(list(vault)).isEqualTo(all.subList(1, MANY));
    }
  }

  @Test
  void aBentOneIsFoundAndReadPastAndRemoved() throws Exception {
    try (Vault vault = Vault.create(storage)) {
      backUp(vault, MANY);
      String path = bundles().get(0);
      byte[] whole = bytes(path);
      for (int i = 0; i < whole.length; i += i < 64 ? 1 : 97) {
        byte[] bent = whole.clone();
        bent[i] ^= (byte) (1 << i % 8);
        storage.replace(path, bent);
        assertThat(bench.check(vault, false).damages())
            .as("byte %s", i)
            .singleElement()
            .satisfies(
                damage -> {
                  assertThat(damage.file()).isEqualTo(path);
                  assertThat(damage.hits()).isEmpty();
                });
      }
      assertThat(list(vault)).isEqualTo(vault.snapshots()).hasSize(MANY);
      assertThat(far.asked).hasValue(3 + MANY);
      try (VaultRepair repair = vault.repair(true, true, bench.context, read -> {})) {
        RepairPlan plan = repair.plan();
        assertThat(plan.isNeeded()).isFalse();
        assertThat(plan.bundles()).containsExactly(path);
      }
      try (VaultRepair repair = vault.repair(true, false, bench.context, read -> {})) {
        assertThat(repair.removeBentBundles()).containsExactly(path);
      }
      assertThat(bench.check(vault, true).damages()).isEmpty();
      backUp(vault, 1);
      assertThat(bundles()).singleElement().asString().startsWith("bundles/33-");
    }
  }

  /** Whoever may write there could name it well: what is in it is proven apart. */
  @Test
  void oneThatLiesIsFoundAndReadPast() throws Exception {
    try (Vault vault = Vault.create(storage)) {
      backUp(vault, MANY);
      String path = bundles().get(0);
      byte[] other = "no gzip at all".getBytes(StandardCharsets.UTF_8);
      String lying = "bundles/32-" + Hash.of(other) + ".tar.gz";
      storage.delete(path);
      storage.replace(lying, other);
      assertThat(bench.check(vault, false).damages())
          .singleElement()
          .satisfies(damage -> assertThat(damage.what()).startsWith("makes no sense"));
      assertThat(list(vault)).isEqualTo(vault.snapshots());
    }
  }

  @Test
  void anEncryptedVaultHasThemToo() throws Exception {
    SealedVault sealed = new SealedVault(storage, e -> Vault.create(storage, Optional.of(e)));
    try (Vault writer = sealed.writer()) {
      backUp(writer, MANY);
      assertThat(bundles()).hasSize(1);
      assertThat(bench.check(writer, false).damages()).isEmpty();
    }
    try (Vault reader = sealed.reader()) {
      assertThat(list(reader)).isEqualTo(reader.snapshots()).hasSize(MANY);
      assertThat(far.asked).hasValue(3);
    }
    try (Vault writer = sealed.writer()) {
      PruneBench.prune(writer, bench, MANY - 1);
      assertThat(bundles()).isEmpty();
    }
  }

  /** As many as a copy brings. */
  @Test
  void aCopyMakesThem() throws Exception {
    try (Vault from = Vault.create(new MemoryStorage());
        Vault vault = Vault.create(storage)) {
      backUp(from, MANY + 3);
      try (SnapshotCarrier carrier = from.copyTo(vault, bench.context, moved -> {})) {
        from.snapshots().forEach(carrier::copy);
      }
      assertThat(bundles()).singleElement().asString().startsWith("bundles/35-");
      assertThat(list(vault)).isEqualTo(vault.snapshots()).hasSize(MANY + 3);
    }
  }

  @Test
  void snapshotsAreListedWhereNoneCanBeRead() throws Exception {
    try (Vault vault = Vault.create(storage)) {
      backUp(vault, MANY);
      Storage closed =
          MeddlingStorage.of(
              far,
              (operation, path) -> {
                if (path.startsWith("bundles")) {
                  throw new IOException("no right to it");
                }
              });
      Map<String, String> environment = Map.of("XDG_CACHE_HOME", caches.toString());
      Storage near = NearManifests.over(closed, vault.id(), environment);
      assertThat(new Snapshots(VaultFiles.plain(near)).all()).isEqualTo(vault.snapshots());
    }
  }

  @Test
  void aBackupIsDoneWhereNoneCanBeWritten() throws Exception {
    Storage closed =
        MeddlingStorage.of(
            storage,
            (operation, path) -> {
              if (operation.equals("createIfAbsent") && path.startsWith("bundles/")) {
                throw new IOException("no right to it");
              }
            });
    Vault.create(storage).close();
    try (Vault vault = Vault.open(closed, KeyRing.empty())) {
      backUp(vault, MANY);
      assertThat(vault.snapshots()).hasSize(MANY);
      assertThat(bundles()).isEmpty();
      assertThat(bench.warnings)
          .singleElement()
          .asString()
          .contains("were not put together in bundles/", "no right to it");
    }
  }
}
