package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.archive.TarExport;
import dev.godwit.vault.archive.TarImport;
import dev.godwit.vault.archive.TemporaryFolder;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.Identity;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.OtherKeys;
import dev.godwit.vault.key.WriterFiles;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.ForgedVolume;
import dev.godwit.vault.volume.VolumeLimits;
import dev.godwit.vault.volume.VolumeTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One snapshot of an encrypted vault as a tar, and back. */
class SealedTarTest {
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);
  private static final String ORDERS = "shop.public.orders";

  @TempDir Path folder;
  private final MemoryStorage storage = new MemoryStorage();
  private final SealedVault sealed =
      new SealedVault(storage, keys -> Vault.create(storage, SMALL, Optional.of(keys)));
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Manifest backUp(Vault vault, int partitions) {
    SchemaObject object =
        new SchemaObject(
            "table:public.orders",
            "table",
            DatasetName.of("public", "orders"),
            "create table orders (note text default 'secret')",
            List.of(),
            SchemaObject.Phase.BEFORE_DATA,
            List.of(DatasetName.parse(ORDERS)),
            Map.of());
    SnapshotDraft draft = Bench.draft("shop", List.of(object), "nightly");
    try (SnapshotWriter writer = vault.write(draft, bench.context)) {
      bench.write(writer, ORDERS, partitions, 6, 400);
      bench.write(writer, "shop.public.copies", partitions, 6, 400);
      return Bench.seal(writer);
    }
  }

  /** The newest of three snapshots of three runs, so that its blocks lie under three keys. */
  private Manifest backUpThrice() {
    try (Vault vault = sealed.writer()) {
      backUp(vault, 2);
      backUp(vault, 4);
      return backUp(vault, 5);
    }
  }

  private byte[] export(Vault vault, Manifest manifest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarExport export = vault.export(manifest, bench.context)) {
      export.write(out, written -> {});
    }
    return out.toByteArray();
  }

  private byte[] export(Manifest manifest) throws IOException {
    try (Vault vault = sealed.reader()) {
      return export(vault, manifest);
    }
  }

  private Storage unpack(byte[] tar, Path into) {
    Path root =
        new TarImport("x.tar", bench.cancellation, read -> {})
            .unpack(new ByteArrayInputStream(tar), into);
    return new LocalFolder(root);
  }

  private List<String> rows(Manifest manifest) {
    try (Vault vault = sealed.reader()) {
      return bench.read(vault, manifest);
    }
  }

  @Test
  void theSameIdentityOpensAVaultOfThatSnapshotAlone() throws IOException {
    Manifest manifest = backUpThrice();
    Storage there = unpack(export(manifest), folder);
    try (Vault unpacked = Vault.open(there, KeyRing.of(sealed.identity))) {
      Manifest copy = unpacked.find(SnapshotChoice.LATEST);
      assertThat(unpacked.snapshots()).hasSize(1);
      assertThat(copy.copiedFrom())
          .contains(new Manifest.Origin(sealed.files().vaultId(), manifest.id()));
      assertThat(copy.tags()).containsExactly("nightly");
      assertThat(copy.finished()).isEqualTo(manifest.finished());
      assertThat(bench.read(unpacked, copy)).isEqualTo(rows(manifest));
      CheckReport report = bench.check(unpacked, true);
      assertThat(report.damages()).isEmpty();
      assertThat(report.blocks()).as("each block once").isEqualTo(5 * 6);
      assertThat(report.remarks()).noneMatch(r -> r.contains("not used"));
    }
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void itsWriterGoesOnInItAndItIsExportedAgain() throws IOException {
    Storage there = unpack(export(backUpThrice()), folder.resolve("a"));
    try (Vault unpacked = Vault.open(there, KeyRing.of(sealed.writerKey()))) {
      assertThat(backUp(unpacked, 5).totals().newBytes()).isZero();
      assertThat(bench.check(unpacked, false).damages()).isEmpty();
    }
    Storage again;
    try (Vault unpacked = Vault.open(there, KeyRing.of(sealed.identity))) {
      Manifest newest = unpacked.find(SnapshotChoice.LATEST);
      again = unpack(export(unpacked, newest), folder.resolve("b"));
    }
    try (Vault unpacked = Vault.open(again, KeyRing.of(sealed.identity))) {
      assertThat(bench.check(unpacked, true).damages()).isEmpty();
      assertThat(bench.read(unpacked, unpacked.snapshots().get(0))).hasSize(2 * 5 * 6 * 400);
    }
  }

  @Test
  void aWritersKeyExportsNothing() {
    Manifest manifest = backUpThrice();
    try (Vault vault = sealed.writer()) {
      requireWrongKey(() -> vault.export(manifest, bench.context));
    }
  }

  private static void requireWrongKey(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_KEY);
              assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
            });
  }

  @Test
  void anotherIdentityOpensNothing() throws IOException {
    Storage there = unpack(export(backUpThrice()), folder);
    requireWrongKey(() -> Vault.open(there, KeyRing.of(Identity.generate())));
    requireWrongKey(() -> Vault.open(there));
  }

  @Test
  void noByteOfItTellsWhatItHolds() throws IOException {
    byte[] tar = export(backUpThrice());
    String text = new String(tar, StandardCharsets.ISO_8859_1);
    for (String word : List.of("\"shop\"", "orders", "bigint", "secret", "nightly", "memory")) {
      assertThat(text.contains(word)).as(word).isFalse();
    }
  }

  /** Where the files in a tar lie; between them are headers and padding. */
  private static List<int[]> contents(byte[] tar) throws IOException {
    List<int[]> contents = new ArrayList<>();
    try (TarFile file = new TarFile(tar)) {
      for (TarArchiveEntry entry : file.getEntries()) {
        int from = (int) entry.getDataOffset();
        contents.add(new int[] {from, (int) (from + entry.getSize())});
      }
    }
    return contents;
  }

  private boolean isFound(byte[] tar) {
    try (TemporaryFolder into = new TemporaryFolder("godwit-")) {
      return isFound(unpack(tar, into.path()));
    }
  }

  private boolean isFound(Storage unpacked) {
    try (Vault vault = Vault.open(unpacked, KeyRing.of(sealed.identity))) {
      CheckReport report = bench.check(vault, true);
      return !report.damages().isEmpty() || report.snapshots() != 1;
    } catch (GodwitException e) {
      assertThat(e.exitCode()).isIn(ExitCode.DAMAGED, ExitCode.WRONG_KEY, ExitCode.TOO_NEW);
      return true;
    }
  }

  @Test
  void everyFlippedBitOfAFileInItIsFound() throws IOException {
    byte[] tar = export(backUpThrice());
    List<int[]> contents = contents(tar);
    SplittableRandom random = new SplittableRandom(20261122);
    List<String> unnoticed = new ArrayList<>();
    assertThat(isFound(tar)).isFalse();
    for (int i = 0; i < 120; i++) {
      int[] file = contents.get(i % contents.size());
      int at = random.nextInt(file[0], file[1]);
      byte[] bent = tar.clone();
      bent[at] ^= (byte) (1 << random.nextInt(8));
      if (!isFound(bent)) {
        unnoticed.add("file " + i % contents.size() + " at " + (at - file[0]));
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void oneThatIsCutShortIsNeverTakenForWhole() throws IOException {
    byte[] tar = export(backUpThrice());
    int end = tar.length;
    while (tar[end - 1] == 0) {
      end--;
    }
    for (int length = 0; length < end; length += 3571) {
      int cut = length;
      assertThat(isRefused(Arrays.copyOf(tar, cut))).as("%d of %d", cut, end).isTrue();
    }
  }

  private boolean isRefused(byte[] tar) {
    try {
      return isFound(tar);
    } catch (GodwitException e) {
      assertThat(e.exitCode()).isIn(ExitCode.DAMAGED, ExitCode.USAGE);
      return true;
    }
  }

  /** He puts a volume of his in the place of ours; who exports would prove it to be ours. */
  @Test
  void whatAnotherWriterMadeUpIsNotVouchedFor() throws IOException, DamagedBlockException {
    VaultFiles theirs;
    try (Vault vault = sealed.writer(OtherKeys.ofAnotherWriter(sealed.writerKey()))) {
      theirs = new VaultFiles(storage, vault.id(), vault.keys());
    }
    Manifest manifest = backUpThrice();
    String path = sealed.paths("volumes").get(0);
    byte[] bytes = sealed.bytes(path);
    VolumeTable table = VolumeTable.read(theirs, Layout.volumeAt(path).orElseThrow(), bytes.length);
    storage.replace(path, ForgedVolume.resealed(theirs.begin("shop"), bytes, table));
    assertThatThrownBy(() -> export(manifest))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED))
        .hasMessageContaining(path)
        .hasMessageContaining("is of another writer");
  }

  @Test
  void eachIsExportedInTheNameOfItsWriter() throws IOException {
    Manifest theirs;
    try (Vault vault = sealed.writer(OtherKeys.ofAnotherWriter(sealed.writerKey()))) {
      theirs = backUp(vault, 2);
    }
    try (Vault vault = sealed.writer()) {
      backUp(vault, 2);
    }
    Storage there = unpack(export(theirs), folder);
    try (Vault unpacked = Vault.open(there, KeyRing.of(sealed.identity))) {
      assertThat(bench.check(unpacked, true).damages()).isEmpty();
      assertThat(unpacked.heads()).extracting(SnapshotHead::writer).isEqualTo(writers(there));
    }
  }

  private static List<Optional<String>> writers(Storage vault) {
    return WriterFiles.ids(vault).stream().map(Optional::of).toList();
  }
}
