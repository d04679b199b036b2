package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.OtherKeys;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.ListWriter;
import dev.godwit.vault.list.ReferenceLine;
import dev.godwit.vault.mark.MarkFile;
import dev.godwit.vault.mark.MarkFile.Going;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.moved.MovedTable;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody who may write into the storage of an encrypted vault can make a prune, or a backup
 * beside one, believe: nothing that costs more than what he removes himself.
 */
class HostilePruneTest {
  private static final String ORDERS = "shop.public.orders";

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private final Bench bench = new Bench();
  private SealedVault sealed;
  private Manifest first;
  private Manifest last;

  @BeforeEach
  void make() {
    sealed =
        new SealedVault(
            new LocalFolder(folder),
            keys ->
                Vault.create(
                    new LocalFolder(folder), new VolumeLimits(16 << 10, 100), Optional.of(keys)));
    first = backUp(0, 3, 6);
    last = backUp(2 * 6 * 200, 1, 2);
    assertThat(last.totals().newBytes()).isZero();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Manifest backUp(long from, int partitions, int batches) {
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, from, partitions, batches, 200);
      return Bench.seal(writer);
    }
  }

  private PruneReport prune() {
    try (Vault vault = sealed.writer()) {
      return PruneBench.prune(vault, bench, 1);
    }
  }

  private void requireWhole(Manifest... left) {
    try (Vault vault = sealed.reader()) {
      assertThat(vault.snapshots()).contains(left);
      for (Manifest manifest : left) {
        assertThat(bench.read(vault, manifest)).hasSize((int) manifest.totals().rows());
      }
      assertThat(bench.check(vault, true).damages()).isEmpty();
    }
  }

  private void requireFound(String path) {
    for (Vault open : List.of(sealed.reader(), sealed.writer())) {
      try (Vault vault = open) {
        assertThat(bench.check(vault, false).damages())
            .anySatisfy(damage -> assertThat(damage.file()).isEqualTo(path));
      }
    }
  }

  /** It ends as damaged, and no file is gone or new. */
  private void requireRefused() {
    List<String> before = PruneBench.files(folder, "");
    assertThatThrownBy(this::prune)
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED);
              assertThat(e.getMessage()).doesNotContain("\n");
            });
    assertThat(PruneBench.files(folder, "")).isEqualTo(before);
  }

  private byte[] bytes(String path) throws IOException {
    return Files.readAllBytes(folder.resolve(path));
  }

  private void put(String path, byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    Files.write(folder.resolve(path), bytes);
  }

  private String volume() {
    return PruneBench.files(folder, "volumes").get(0);
  }

  private static VaultFiles withoutKeys(Path folder) {
    return VaultFiles.plain(new LocalFolder(folder));
  }

  /** As a plain vault has it, and sealed with keys that are not this vault's. */
  @Test
  void aForgedMarkIsNotBelieved() throws IOException {
    Path other = elsewhere.resolve("vault");
    SealedVault theirs =
        new SealedVault(
            new LocalFolder(other),
            keys -> Vault.create(new LocalFolder(other), Optional.of(keys)));
    List<Going> all =
        PruneBench.files(folder, "volumes").stream().map(path -> new Going(path, 1)).toList();
    for (VaultFiles forger : List.of(withoutKeys(other), theirs.files())) {
      MarkFile mark = MarkFile.write(forger, Instant.parse("2026-01-01T00:00:00Z"), all);
      put(mark.path(), Files.readAllBytes(other.resolve(mark.path())));
      assertThatThrownBy(() -> backUp(0, 3, 6))
          .isInstanceOfSatisfying(
              GodwitException.class,
              e -> {
                assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED);
                assertThat(e.getMessage()).contains(mark.path(), "is bent or forged");
              });

      prune();

      assertThat(PruneBench.files(folder, "marks")).isEmpty();
      assertThat(bench.warnings).anyMatch(w -> w.contains(mark.path()));
      requireWhole(last);
    }
  }

  /** An old one that is put back costs space at most. */
  @Test
  void aMarkThatIsPutBackTakesNothingThatIsNeeded() throws IOException {
    List<Going> all = new ArrayList<>();
    for (String below : List.of("volumes", "lists")) {
      PruneBench.files(folder, below).forEach(path -> all.add(new Going(path, 1)));
    }
    Instant then = Instant.now().minusSeconds(60);
    MarkFile mark = MarkFile.write(sealed.files(), then, all);
    // What it waited for is over.
    mark.waitFor(sealed.files(), List.of());
    assertThat(backUp(0, 3, 6).totals().newBytes()).as("space, no more").isPositive();
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 0, 3, 6, 200);
      prune();
      Manifest beside = Bench.seal(writer);
      requireWhole(beside);
    }
    prune();
    assertThat(PruneBench.files(folder, "marks")).isEmpty();
    try (Vault vault = sealed.reader()) {
      assertThat(bench.check(vault, true).damages()).isEmpty();
    }
  }

  /** A list has the name of its content: one that is there again was not meant. */
  @Test
  void aListThatWasWrittenAfterTheMarkIsNotTaken() throws IOException {
    String path = PruneBench.files(folder, "lists").get(0);
    Instant then = Instant.now().minusSeconds(60);
    byte[] list = "of a backup at work".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String young = Layout.list(Hash.of(list));
    put(young, list);
    String old = Layout.list(Hash.of(new byte[1]));
    put(old, new byte[1]);
    Files.setLastModifiedTime(folder.resolve(old), FileTime.from(then.minusSeconds(60)));
    MarkFile mark =
        MarkFile.write(
            sealed.files(), then, List.of(new Going(young, list.length), new Going(old, 1)));
    mark.waitFor(sealed.files(), List.of());
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(Bench.draft("store"), bench.context)) {
      assertThat(writer).isNotNull();
      put(young, list); // while it is at work
      prune();
    }
    assertThat(folder.resolve(young)).exists();
    assertThat(folder.resolve(old)).doesNotExist();
    assertThat(path).isNotEmpty();
  }

  @Test
  void aForgedListOfLocksIsNotBelieved() throws IOException {
    Manifest beside;
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 0, 3, 6, 200);
      assertThat(prune().waitsFor()).isNotEmpty();
      String waits =
          PruneBench.files(folder, "marks").stream()
              .filter(path -> path.endsWith(".waits"))
              .findFirst()
              .orElseThrow();
      put(waits, "{\"format\":1,\"locks\":[]}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      PruneReport again = prune();
      assertThat(again.waitsFor()).isNotEmpty();
      assertThat(again.removed().files()).isZero();
      beside = Bench.seal(writer);
    }
    requireWhole(beside);
  }

  private VolumeId rewritten() {
    assertThat(prune().rewritten().files()).isPositive();
    return Layout.movedAt(PruneBench.files(folder, "moved").get(0)).orElseThrow();
  }

  @Test
  void aForgedTableOfMovedBlocksIsFoundAndStopsAPrune() throws IOException {
    VolumeId old = rewritten();
    String path = Layout.moved(old);
    byte[] whole = bytes(path);
    MovedTable table = MovedBlocks.read(sealed.files(), old).orElseThrow();
    // Without the key, in the form of a plain vault: all that it says is true.
    put(path, table.bytes().array());
    requireFound(path);
    requireRefused();
    // Another's under this name, the whole of it cut or longer.
    for (byte[] other :
        List.of(
            bytes(PruneBench.files(folder, "lists").get(0)),
            java.util.Arrays.copyOf(whole, whole.length - 1),
            java.util.Arrays.copyOf(whole, whole.length + 1))) {
      put(path, other);
      requireFound(path);
      requireRefused();
    }
    put(path, whole);
    requireWhole(last);
    prune();
    requireWhole(last);
  }

  @Test
  void tablesThatAreSwappedAreFound() throws IOException {
    try (Vault vault = sealed.reader()) {
      vault.pins().pin(last.id());
    }
    backUp(100_000, 3, 6);
    backUp(100_000 + 2 * 6 * 200, 1, 2);
    VolumeId old = rewritten();
    List<String> tables = PruneBench.files(folder, "moved");
    assertThat(tables).hasSizeGreaterThan(1);
    byte[] one = bytes(tables.get(0));
    byte[] other = bytes(tables.get(1));
    put(tables.get(0), other);
    put(tables.get(1), one);
    requireFound(tables.get(0));
    requireFound(tables.get(1));
    requireRefused();
    assertThat(old).isNotNull();
  }

  /** A prune that was killed wrote one before, and another came after it. */
  @Test
  void anOlderTableThatIsPutBackStopsAPrune() throws IOException {
    VolumeId old = rewritten();
    String path = Layout.moved(old);
    byte[] newer = bytes(path);
    MovedTable table = MovedBlocks.read(sealed.files(), old).orElseThrow();
    List<MovedTable.Move> moves = new ArrayList<>();
    VolumeId gone = VolumeId.random();
    for (BlockRef ref : references(last)) {
      if (ref.volume().equals(old)) {
        moves.add(new MovedTable.Move(ref.offset(), table.find(ref).orElseThrow().at(gone, 100)));
      }
    }
    MovedBlocks.write(sealed.files(), old, MovedTable.of(old, moves));
    requireFound(Layout.volume(gone));
    requireRefused();
    Files.delete(folder.resolve(path));
    requireFound(Layout.volume(old));
    requireRefused();
    put(path, newer);
    prune();
    requireWhole(last);
  }

  @Test
  void tablesThatLeadInACircleEndWithOneLine() throws IOException {
    VolumeId old = rewritten();
    MovedTable table = MovedBlocks.read(sealed.files(), old).orElseThrow();
    List<MovedTable.Move> there = new ArrayList<>();
    List<MovedTable.Move> back = new ArrayList<>();
    VolumeId gone = VolumeId.random();
    for (BlockRef ref : references(last)) {
      if (ref.volume().equals(old)) {
        there.add(new MovedTable.Move(ref.offset(), ref.at(gone, ref.offset())));
        back.add(new MovedTable.Move(ref.offset(), ref));
      }
    }
    assertThat(table.size()).isEqualTo(there.size());
    MovedBlocks.write(sealed.files(), old, MovedTable.of(old, there));
    MovedBlocks.write(sealed.files(), gone, MovedTable.of(gone, back));
    requireRefused();
    try (Vault vault = sealed.reader()) {
      assertThatThrownBy(() -> bench.read(vault, last))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED));
      assertThat(bench.check(vault, false).damages()).isNotEmpty();
    }
  }

  /** The blocks that the references of a snapshot name. */
  private List<BlockRef> references(Manifest manifest) {
    VaultFiles files = sealed.files();
    List<BlockRef> refs = new ArrayList<>();
    try (Vault vault = sealed.writer();
        ListReader lines =
            ListReader.open(
                files,
                vault.heads().stream()
                    .filter(head -> head.id().equals(manifest.id()))
                    .findFirst()
                    .flatMap(SnapshotHead::references)
                    .orElseThrow(),
                ListKind.REFERENCES)) {
      Optional<ReferenceLine> line = lines.next(ReferenceLine.class);
      while (line.isPresent()) {
        if (line.get().block() != null) {
          refs.add(line.get().block().ref());
        } else {
          try (ListReader blocks = ListReader.open(files, line.get().list(), ListKind.BLOCKS)) {
            blocks
                .next(dev.godwit.vault.list.BlockLine.class)
                .ifPresent(block -> refs.add(block.ref()));
            while (true) {
              Optional<dev.godwit.vault.list.BlockLine> next =
                  blocks.next(dev.godwit.vault.list.BlockLine.class);
              if (next.isEmpty()) {
                break;
              }
              refs.add(next.get().ref());
            }
          }
        }
        line = lines.next(ReferenceLine.class);
      }
    }
    return refs;
  }

  /** With its lists gone it stops a prune, and nothing is dropped in its favour. */
  @Test
  void aManifestThatIsPutBackStopsAPrune() throws IOException {
    String path = ManifestFile.path(first);
    byte[] manifest = bytes(path);
    prune();
    assertThat(folder.resolve(path)).doesNotExist();
    put(path, manifest);
    try (Vault vault = sealed.reader()) {
      vault.pins().pin(first.id()); // else it is dropped again at once
    }
    requireRefused();
    try (Vault vault = sealed.reader()) {
      vault.pins().unpin(first.id());
    }
    assertThat(prune().snapshots()).extracting(PruneReport.Fate::kept).containsExactly(false, true);
    requireWhole(last);
  }

  @Test
  void aManifestThatIsForgedStopsAPrune() throws IOException {
    String path = ManifestFile.path(last);
    String text = new String(bytes(path), java.nio.charset.StandardCharsets.UTF_8);
    byte[] forged =
        text.replace("\"writer\" : \"A", "\"writer\" : \"B")
            .replaceFirst("\"writer\" : \"[^\"]{8}", "\"writer\" : \"AAAAAAAA")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String renamed =
        path.replaceFirst("[0-9a-f]{16}\\.json", Hash.of(forged).substring(0, 16) + ".json");
    put(renamed, forged);
    requireRefused();
  }

  /**
   * Another writer of the vault names a list of our blocks as the list of his objects: it would
   * seem to have been read, and our blocks not to be needed.
   */
  @Test
  void whatAnotherWriterNamesHidesNothingOfOurs() {
    Manifest ours = backUp(700_000, 1, 8);
    String blocks = blockList(ours);
    VaultFiles theirs;
    try (Vault vault = sealed.writer(OtherKeys.ofAnotherWriter(sealed.writerKey()))) {
      theirs = new VaultFiles(sealed.storage, vault.id(), vault.keys());
    }
    var run = theirs.begin("another");
    String empty;
    try (ListWriter list = new ListWriter(run, ListKind.REFERENCES)) {
      empty = list.commit();
    }
    for (boolean objects : new boolean[] {true, false}) {
      Manifest forged =
          new Manifest(
              "",
              "FULL",
              Bench.source(objects ? "a" : "b"),
              ours.origin(),
              "",
              true,
              List.of(),
              ours.point(),
              Instant.parse("2020-01-01T00:00:00Z"),
              Instant.parse("2020-01-01T00:00:00Z"),
              List.of(),
              ours.totals(),
              ours.notCarried(),
              blocks,
              objects ? Optional.of(blocks) : Optional.empty(),
              "x",
              Optional.empty());
      assertThat(ManifestFile.write(run, forged, Optional.of(empty))).isNotNull();
    }
    prune();
    try (Vault vault = sealed.reader()) {
      assertThat(bench.read(vault, ours)).hasSize(8 * 200);
    }
  }

  private String blockList(Manifest manifest) {
    try (Vault vault = sealed.writer();
        ListReader lines =
            ListReader.open(
                sealed.files(),
                vault.heads().stream()
                    .filter(head -> head.id().equals(manifest.id()))
                    .findFirst()
                    .flatMap(SnapshotHead::references)
                    .orElseThrow(),
                ListKind.REFERENCES)) {
      return lines.next(ReferenceLine.class).orElseThrow().list();
    }
  }

  /** It names another writer, but who rewrites it proves no more than that writer proved. */
  @Test
  void aVolumeThatAnotherWriterForgedIsNotTakenForOurs() throws IOException, DamagedBlockException {
    VaultFiles theirs;
    try (Vault vault = sealed.writer(OtherKeys.ofAnotherWriter(sealed.writerKey()))) {
      theirs = new VaultFiles(sealed.storage, vault.id(), vault.keys());
    }
    VolumeId ourVolume = Layout.volumeAt(volume()).orElseThrow();
    long size = Files.size(folder.resolve(volume()));
    VolumeTable table = VolumeTable.read(theirs, ourVolume, size);
    List<BlockRef> forged =
        dev.godwit.vault.volume.ForgedVolume.naming(theirs.begin("shop"), table);
    assertThat(forged).isNotEmpty();
    try (Vault vault = sealed.reader()) {
      vault.prune(PruneBench.keepLast(1), bench.context);
    }
    assertThat(backUp(2 * 6 * 200, 1, 2).totals().newBytes()).isZero();
    requireWhole(last);
    assertThat(PruneBench.files(folder, "volumes"))
        .doesNotContain(Layout.volume(forged.get(0).volume()));
  }
}
