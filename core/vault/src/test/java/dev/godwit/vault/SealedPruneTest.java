package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.PruneReport.Fate;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prune of an encrypted vault removes, with a writer key alone and with an identity. */
class SealedPruneTest {
  private static final String ORDERS = "shop.public.orders";

  @TempDir Path folder;
  private final Bench bench = new Bench();
  private SealedVault sealed;

  /** What a vault is pruned with. */
  enum Key {
    WRITER {
      @Override
      Vault open(SealedVault sealed) {
        return sealed.writer();
      }
    },
    IDENTITY {
      @Override
      Vault open(SealedVault sealed) {
        return sealed.reader();
      }
    };

    abstract Vault open(SealedVault sealed);
  }

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

  private Manifest backUp(String source, long from, int partitions, int batches) {
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(Bench.draft(source), bench.context)) {
      bench.writeFrom(writer, ORDERS, from, partitions, batches, 300);
      return Bench.seal(writer);
    }
  }

  private void requireWhole(Manifest... left) {
    try (Vault vault = sealed.reader()) {
      assertThat(vault.snapshots()).containsExactly(left);
      CheckReport check = bench.check(vault, true);
      assertThat(check.damages()).isEmpty();
      assertThat(check.remarks()).noneMatch(remark -> remark.contains("no snapshot uses"));
      for (Manifest manifest : left) {
        assertThat(bench.read(vault, manifest))
            .hasSize((int) manifest.totals().rows())
            .doesNotHaveDuplicates();
      }
    }
  }

  private PruneReport prune(Key key, PruneRequest request) {
    try (Vault vault = key.open(sealed)) {
      return vault.prune(request, bench.context);
    }
  }

  private static String path(String list) {
    return "lists/" + list.substring(0, 2) + '/' + list;
  }

  private String references(Manifest manifest) {
    try (Vault vault = sealed.writer()) {
      return vault.heads().stream()
          .filter(head -> head.id().equals(manifest.id()))
          .findFirst()
          .flatMap(SnapshotHead::references)
          .orElseThrow();
    }
  }

  @Test
  void whatOnlyDroppedSnapshotsNeedGoesWithAWriterKey() {
    whatOnlyDroppedSnapshotsNeedGoes(Key.WRITER);
  }

  @Test
  void whatOnlyDroppedSnapshotsNeedGoesWithAnIdentity() {
    whatOnlyDroppedSnapshotsNeedGoes(Key.IDENTITY);
  }

  private void whatOnlyDroppedSnapshotsNeedGoes(Key key) {
    backUp("shop", 0, 3, 6);
    backUp("shop", 100_000, 3, 6);
    Manifest last = backUp("shop", 200_000, 3, 6);
    Manifest other = backUp("store", 200_000, 3, 6);
    long before = PruneBench.bytes(folder, "");

    PruneReport report = prune(key, PruneBench.keepLast(1));

    assertThat(report.snapshots()).extracting(Fate::kept).containsExactly(false, false, true, true);
    requireWhole(last, other);
    long given = report.removed().bytes();
    assertThat(before - PruneBench.bytes(folder, "")).isBetween(given, given + 20_000);
    assertThat(PruneBench.bytes(folder, "volumes")).isLessThan(before * 6 / 10);
    assertThat(PruneBench.files(folder, "lists"))
        .as("contents, references and three of blocks, for each of two")
        .hasSize(10)
        .contains(path(references(last)), path(references(other)));
    assertThat(PruneBench.files(folder, "marks")).isEmpty();
    assertThat(PruneBench.files(folder, "locks")).isEmpty();
    assertThat(report.waitsFor()).isEmpty();
    assertThat(report.remarks()).isEmpty();
    assertThat(bench.warnings).isEmpty();
    assertThat(backUp("shop", 200_000, 3, 6).totals().newBytes()).isZero();
  }

  @Test
  void aDryRunSaysItAllAndChangesNothingWithAWriterKey() {
    aDryRunSaysItAllAndChangesNothing(Key.WRITER);
  }

  @Test
  void aDryRunSaysItAllAndChangesNothingWithAnIdentity() {
    aDryRunSaysItAllAndChangesNothing(Key.IDENTITY);
  }

  private void aDryRunSaysItAllAndChangesNothing(Key key) {
    backUp("shop", 0, 4, 6);
    Manifest last = backUp("shop", 3 * 6 * 300, 1, 6);
    List<String> before = PruneBench.files(folder, "");

    PruneReport dry = prune(key, PruneBench.dry(PruneBench.keepLast(1)));

    assertThat(PruneBench.files(folder, "")).isEqualTo(before);
    PruneReport done = prune(key, PruneBench.keepLast(1));
    assertThat(dry.snapshots()).isEqualTo(done.snapshots());
    assertThat(dry.snapshots()).flatExtracting(Fate::reasons).contains("no rule keeps it");
    assertThat(dry.removed()).isEqualTo(done.removed());
    assertThat(dry.rewritten().files()).isEqualTo(done.rewritten().files());
    requireWhole(last);
  }

  @Test
  void aPinHolds() {
    Manifest first = backUp("shop", 0, 2, 6);
    try (Vault vault = sealed.reader()) {
      vault.pins().pin(first.id());
    }
    backUp("shop", 10_000, 2, 6);
    Manifest last = backUp("shop", 20_000, 2, 6);
    PruneReport report = prune(Key.WRITER, PruneBench.keepLast(1));
    assertThat(report.snapshots().get(0).reasons()).containsExactly("pinned");
    requireWhole(first, last);
  }

  /** Another scope is another group, though a writer key does not know what it was. */
  @Test
  void theNewestCompleteOneOfEachSourceAndScopeStays() {
    Manifest shop = backUp("shop", 0, 1, 6);
    Manifest few;
    SnapshotDraft all = Bench.draft("shop");
    SnapshotDraft some =
        new SnapshotDraft(all.source(), all.origin(), "orders", all.catalogue(), all.tags());
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(some, bench.context)) {
      bench.writeFrom(writer, ORDERS, 5000, 1, 6, 300);
      few = Bench.seal(writer);
    }
    Manifest store = backUp("store", 0, 1, 6);
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 9000, 1, 6, 300);
      writer.leaveOut(dev.godwit.spi.name.DatasetName.parse("shop.public.lost"), "it failed");
      assertThat(Bench.seal(writer).complete()).isFalse();
    }
    PruneReport report = prune(Key.WRITER, PruneBench.keepLast(1));
    assertThat(report.snapshots()).extracting(Fate::kept).containsExactly(true, true, true, true);
    assertThat(report.snapshots())
        .extracting(fate -> fate.snapshot().id())
        .startsWith(shop.id(), few.id(), store.id());
  }

  @Test
  void listsThatAreMissingOrBentStopItBeforeAnythingGoes() throws IOException {
    backUp("shop", 0, 2, 6);
    Manifest last = backUp("shop", 50_000, 2, 6);
    for (String list : List.of(references(last), last.contents())) {
      isStopped(folder.resolve(path(list)));
    }
    prune(Key.WRITER, PruneBench.keepLast(1));
    requireWhole(last);
  }

  private void isStopped(Path list) throws IOException {
    byte[] bytes = Files.readAllBytes(list);
    for (int way = 0; way < 3; way++) {
      byte[] bent = bytes.clone();
      bent[bytes.length / 2] ^= 1;
      if (way == 0) {
        Files.delete(list);
      } else {
        Files.write(list, way == 1 ? bent : Files.readAllBytes(anotherList(list)));
      }
      List<String> before = PruneBench.files(folder, "");
      for (Key key : Key.values()) {
        for (boolean dry : new boolean[] {true, false}) {
          PruneRequest request = PruneBench.keepLast(1);
          assertThatThrownBy(() -> prune(key, dry ? PruneBench.dry(request) : request))
              .isInstanceOfSatisfying(
                  GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED));
          assertThat(PruneBench.files(folder, "")).isEqualTo(before);
        }
      }
    }
    Files.write(list, bytes);
  }

  private Path anotherList(Path list) {
    return PruneBench.files(folder, "lists").stream()
        .map(folder::resolve)
        .filter(other -> !other.equals(list))
        .findFirst()
        .orElseThrow();
  }

  /** What it held may lie elsewhere, and nothing there seems to be needed. */
  @Test
  void aVolumeThatIsMissingStopsIt() throws IOException {
    backUp("shop", 0, 2, 6);
    backUp("shop", 50_000, 2, 6);
    List<String> volumes = PruneBench.files(folder, "volumes");
    for (String volume : volumes) {
      byte[] bytes = Files.readAllBytes(folder.resolve(volume));
      Files.delete(folder.resolve(volume));
      try {
        prune(Key.WRITER, PruneBench.dry(PruneBench.keepLast(1)));
      } catch (GodwitException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(e.getMessage()).startsWith(volume);
        return;
      } finally {
        Files.write(folder.resolve(volume), bytes);
      }
    }
    assertThat(volumes).as("none of them was missed").isEmpty();
  }
}
