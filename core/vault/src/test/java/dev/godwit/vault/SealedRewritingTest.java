package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.OtherKeys;
import dev.godwit.vault.key.WriterKey;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.retention.RetentionRules;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeKeys;
import dev.godwit.vault.volume.VolumeLimits;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of an encrypted vault of which little is needed are written anew. */
class SealedRewritingTest {
  private static final String ORDERS = "shop.public.orders";
  private static final int ROWS = 300;

  @TempDir Path folder;
  private final Bench bench = new Bench();
  private SealedVault sealed;

  @BeforeEach
  void make() {
    sealed =
        new SealedVault(
            new LocalFolder(folder),
            keys ->
                Vault.create(
                    new LocalFolder(folder), new VolumeLimits(16 << 10, 100), Optional.of(keys)));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Batches of orders with these numbers, a partition for each. */
  private Manifest backUp(WriterKey key, String source, int... batches) {
    try (Vault vault = sealed.writer(key);
        SnapshotWriter writer = vault.write(Bench.draft(source), bench.context)) {
      for (int batch : batches) {
        bench.writeFrom(writer, ORDERS + batch, (long) batch * ROWS, 1, 1, ROWS);
      }
      return Bench.seal(writer);
    }
  }

  private static int[] numbers(int from, int to) {
    return java.util.stream.IntStream.range(from, to).toArray();
  }

  private static PruneRequest eagerly() {
    return new PruneRequest(
        new RetentionRules(1, Map.of(), Optional.empty(), Set.of()),
        ZoneOffset.UTC,
        Optional.empty(),
        1,
        false);
  }

  private PruneReport prune(Vault open, PruneRequest request) {
    try (Vault vault = open) {
      return vault.prune(request, bench.context);
    }
  }

  private void requireWhole(Manifest... left) {
    assertThat(remarks(left)).isEmpty();
  }

  /** What a check remarks of these snapshots, which are whole. */
  private List<String> remarks(Manifest... left) {
    for (Manifest manifest : left) {
      try (Vault vault = sealed.reader()) { // a new one, which knows no key of a run yet
        assertThat(bench.read(vault, manifest))
            .hasSize((int) manifest.totals().rows())
            .doesNotHaveDuplicates();
      }
    }
    try (Vault vault = sealed.reader()) {
      assertThat(vault.snapshots()).containsExactly(left);
      CheckReport check = bench.check(vault, true);
      assertThat(check.damages()).isEmpty();
      return check.remarks();
    }
  }

  private List<VolumeId> volumes() {
    return PruneBench.files(folder, "volumes").stream()
        .map(path -> Layout.volumeAt(path).orElseThrow())
        .toList();
  }

  private List<Integer> keys() throws IOException, DamagedBlockException {
    List<Integer> counts = new ArrayList<>();
    for (VolumeId volume : volumes()) {
      counts.add(VolumeKeys.read(sealed.files(), volume).size());
    }
    return counts;
  }

  @Test
  void withAWriterKey() {
    isRewritten(sealed::writer);
  }

  @Test
  void withAnIdentity() {
    isRewritten(sealed::reader);
  }

  private void isRewritten(java.util.function.Supplier<Vault> open) {
    backUp(sealed.writerKey(), "shop", numbers(0, 24));
    Manifest last = backUp(sealed.writerKey(), "shop", 5, 22);
    assertThat(last.totals().newBytes()).isZero();
    long before = PruneBench.bytes(folder, "volumes");
    PruneReport dry = prune(open.get(), PruneBench.dry(PruneBench.keepLast(1)));

    PruneReport report = prune(open.get(), PruneBench.keepLast(1));

    assertThat(report.rewritten().files()).isPositive().isEqualTo(dry.rewritten().files());
    assertThat(report.remarks()).isEmpty();
    assertThat(PruneBench.files(folder, "moved")).isNotEmpty();
    assertThat(PruneBench.bytes(folder, "volumes")).isLessThan(before / 2);
    assertThat(bench.warnings).isEmpty();
    requireWhole(last);
    assertThat(backUp(sealed.writerKey(), "shop", 5, 22).totals().newBytes())
        .as("the index knows where the blocks lie now")
        .isZero();
  }

  @Test
  void aLostIndexIsMadeAnewFromVolumesThatWereRewritten() throws IOException {
    backUp(sealed.writerKey(), "shop", numbers(0, 24));
    Manifest last = backUp(sealed.writerKey(), "shop", 5, 22);
    prune(sealed.reader(), PruneBench.keepLast(1));
    for (String segment : PruneBench.files(folder, "index")) {
      Files.delete(folder.resolve(segment));
    }
    Manifest again = backUp(sealed.writerKey(), "shop", 5, 22);
    assertThat(again.totals().newBytes()).as("the proof of the domain is its writer's").isZero();
    requireWhole(last, again);
  }

  /** Frames of two runs in one volume, and then of one again. */
  @Test
  void aVolumeHasTheKeysThatItsFramesNeedAndNoOthers() throws IOException, DamagedBlockException {
    backUp(sealed.writerKey(), "shop", numbers(0, 12));
    backUp(sealed.writerKey(), "shop", numbers(20, 32));
    Manifest both = backUp(sealed.writerKey(), "shop", 3, 25, 26);
    prune(sealed.writer(), eagerly());
    assertThat(keys()).containsExactly(2);
    requireWhole(both);

    Manifest one = backUp(sealed.writerKey(), "shop", 25);
    assertThat(one.totals().newBytes()).isZero();
    prune(sealed.writer(), eagerly());
    assertThat(keys()).containsExactly(1);
    requireWhole(one);
    assertThat(backUp(sealed.writerKey(), "shop", 25).totals().newBytes()).isZero();
  }

  /** What is around a few small frames is more than half of their volume. */
  @Test
  void aSmallVolumeIsNotWrittenAnewEachTime() {
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 0, 1, 1, 1);
      assertThat(Bench.seal(writer).totals().newBytes()).isPositive();
    }
    List<String> volumes = PruneBench.files(folder, "volumes");
    for (PruneRequest request : List.of(PruneBench.keepLast(1), eagerly())) {
      assertThat(prune(sealed.writer(), request).rewritten().files()).isZero();
      assertThat(PruneBench.files(folder, "volumes")).isEqualTo(volumes);
    }
  }

  @Test
  void aVolumeHoldsOneDomainOnly() throws IOException, DamagedBlockException {
    backUp(sealed.writerKey(), "shop", numbers(0, 24));
    backUp(sealed.writerKey(), "store", numbers(0, 24));
    Manifest shop = backUp(sealed.writerKey(), "shop", 5);
    Manifest store = backUp(sealed.writerKey(), "store", 5);
    PruneReport report = prune(sealed.writer(), eagerly());
    assertThat(report.rewritten().files()).isGreaterThanOrEqualTo(2);
    VaultFiles files = sealed.files();
    assertThat(volumes()).hasSize(2);
    for (VolumeId volume : volumes()) {
      long size = files.storage().stat(Layout.volume(volume)).size();
      VolumeTable table = VolumeTable.read(files, volume, size);
      assertThat(
              List.of("shop", "store").stream()
                  .filter(s -> table.isOf(files.writing().orElseThrow().domain(s))))
          .hasSize(1);
    }
    requireWhole(shop, store);
    assertThat(backUp(sealed.writerKey(), "shop", 5).totals().newBytes()).isZero();
    assertThat(backUp(sealed.writerKey(), "store", 5).totals().newBytes()).isZero();
  }

  @Test
  void anotherWritersVolumesAreLeftToHimOrAnIdentity() {
    WriterKey theirs = OtherKeys.ofAnotherWriter(sealed.writerKey());
    backUp(sealed.writerKey(), "shop", numbers(0, 24));
    backUp(theirs, "store", numbers(0, 24));
    Manifest ours = backUp(sealed.writerKey(), "shop", 5);
    Manifest other = backUp(theirs, "store", 5);

    PruneReport report = prune(sealed.writer(), PruneBench.keepLast(1));

    assertThat(report.rewritten().files()).isPositive();
    assertThat(report.remarks())
        .singleElement()
        .asString()
        .contains("of other writers, which a prune with an identity");
    assertThat(remarks(ours, other))
        .as("his index is his own")
        .allMatch(remark -> remark.startsWith("the index names"));
    Manifest next = backUp(theirs, "store", 5);
    assertThat(next.totals().newBytes()).isZero();
    requireWhole(ours, other, next);
    long before = PruneBench.bytes(folder, "volumes");

    PruneReport all = prune(sealed.reader(), PruneBench.keepLast(1));

    assertThat(all.rewritten().files()).isPositive();
    assertThat(all.remarks()).isEmpty();
    assertThat(PruneBench.bytes(folder, "volumes")).isLessThan(before);
    requireWhole(ours, next);
    assertThat(backUp(sealed.writerKey(), "shop", 5).totals().newBytes()).isZero();
    assertThat(backUp(theirs, "store", 5).totals().newBytes()).isZero();
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void whatWasMovedMayBeMovedAgain() {
    backUp(sealed.writerKey(), "shop", numbers(0, 24));
    Manifest pinned = backUp(sealed.writerKey(), "shop", 5, 6, 7, 15, 22);
    try (Vault vault = sealed.reader()) {
      vault.pins().pin(pinned.id());
    }
    Manifest few = backUp(sealed.writerKey(), "shop", 6, 22);
    for (int round = 0; round < 3; round++) {
      prune(round == 1 ? sealed.reader() : sealed.writer(), eagerly());
      requireWhole(pinned, few);
    }
    try (Vault vault = sealed.reader()) {
      vault.pins().unpin(pinned.id());
    }
    for (int round = 0; round < 3; round++) {
      prune(round == 1 ? sealed.reader() : sealed.writer(), eagerly());
      requireWhole(few);
    }
    assertThat(backUp(sealed.writerKey(), "shop", 6, 22).totals().newBytes()).isZero();
  }

  @Test
  void everyFlippedBitOfWhatWasRewrittenIsFound() throws IOException {
    backUp(sealed.writerKey(), "shop", numbers(0, 12));
    backUp(sealed.writerKey(), "shop", numbers(20, 32));
    Manifest last = backUp(sealed.writerKey(), "shop", 3, 25);
    prune(sealed.writer(), eagerly());
    List<String> paths = new ArrayList<>(PruneBench.files(folder, "volumes"));
    paths.addAll(PruneBench.files(folder, "moved"));
    paths.addAll(PruneBench.files(folder, "index"));
    assertThat(paths).hasSizeGreaterThan(2);
    List<String> unnoticed = new ArrayList<>();
    try (Vault vault = sealed.reader()) {
      for (String path : paths) {
        byte[] whole = Files.readAllBytes(folder.resolve(path));
        // Each byte of the small files, and of the ends of volumes; some in between.
        for (int at = 0; at < whole.length; at += at > 400 && at < whole.length - 400 ? 61 : 3) {
          byte[] bent = whole.clone();
          bent[at] ^= (byte) (1 << at % 8);
          Files.write(folder.resolve(path), bent);
          if (bench.check(vault, true).damages().stream().noneMatch(d -> d.file().equals(path))) {
            unnoticed.add(path + " at " + at);
          }
        }
        Files.write(folder.resolve(path), whole);
      }
    }
    assertThat(unnoticed).isEmpty();
    requireWhole(last);
  }
}
