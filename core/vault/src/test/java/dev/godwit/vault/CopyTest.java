package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.store.Source;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.carry.SnapshotCarrier;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Copying;
import dev.godwit.vault.testing.Stopping;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots are copied from vault to vault. */
class CopyTest {
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);
  private static final String ORDERS = "shop.public.orders";
  private static final CopyChoice ALL =
      new CopyChoice(List.of(), Optional.empty(), Optional.empty());

  @TempDir Path folder;
  private final Bench bench = new Bench();
  private Vault source;
  private final List<Manifest> made = new ArrayList<>();

  @BeforeEach
  void backUp() {
    source = Vault.create(new LocalFolder(folder.resolve("source")), SMALL);
    made.add(bench.backUp(source, ORDERS, 8, 1000));
    made.add(bench.backUp(source, ORDERS, 8, 1000));
    try (SnapshotWriter writer = source.write(Bench.draft("store", "monthly"), bench.context)) {
      bench.write(writer, ORDERS, 9, 1000);
      bench.write(writer, "shop.public.many", 2, 12, 300);
      writer.leaveOut(new DatasetName(List.of("shop", "x")), "it failed");
      made.add(Bench.seal(writer));
    }
  }

  @AfterEach
  void close() {
    source.close();
    bench.close();
  }

  private static Storage in(Path folder) {
    return new LocalFolder(folder);
  }

  private List<CopyStep> copy(Vault from, Vault to, CopyChoice choice) {
    return Copying.of(bench, from, to, choice);
  }

  private void requireSame(Vault to) {
    List<Manifest> copies = to.snapshots();
    assertThat(copies).hasSameSizeAs(made);
    for (int i = 0; i < made.size(); i++) {
      Manifest from = made.get(i);
      Manifest copy = copies.get(i);
      assertThat(copy.copiedFrom()).contains(new Manifest.Origin(source.id(), from.id()));
      assertThat(copy.finished()).isEqualTo(from.finished());
      assertThat(copy.started()).isEqualTo(from.started());
      assertThat(copy.source()).isEqualTo(from.source());
      assertThat(copy.scope()).isEqualTo(from.scope());
      assertThat(copy.tags()).isEqualTo(from.tags());
      assertThat(copy.complete()).isEqualTo(from.complete());
      assertThat(copy.leftOut()).isEqualTo(from.leftOut());
      assertThat(copy.point()).isEqualTo(from.point());
      assertThat(copy.totals().rows()).isEqualTo(from.totals().rows());
      assertThat(copy.totals().blocks()).isEqualTo(from.totals().blocks());
      assertThat(bench.read(to, copy)).isEqualTo(bench.read(source, from));
    }
    CheckReport report = bench.check(to, true);
    assertThat(report.damages()).isEmpty();
  }

  @Test
  void everySnapshotIsCopiedOnceAndNothingTwice() {
    try (Vault target = Vault.create(new MemoryStorage(), new VolumeLimits(40 << 10, 100))) {
      List<CopyStep> first = copy(source, target, ALL);
      assertThat(first).hasOnlyElementsOfType(CopyStep.Copied.class);
      requireSame(target);
      assertThat(target.snapshots().get(1).totals().newBytes()).isZero();
      assertThat(bench.check(target, true).remarks()).isEmpty();

      assertThat(copy(source, target, ALL)).hasOnlyElementsOfType(CopyStep.There.class);
      assertThat(target.snapshots()).hasSize(3);
    }
  }

  /** As a path and as the address of a server that serves it. */
  @Test
  void aVaultIsKnownForItselfWhateverItIsCalled() throws IOException {
    Path place = folder.resolve("source");
    try (Vault other = Vault.open(new LocalFolder(place, "sftp://host/vault"))) {
      assertThatThrownBy(() -> source.planCopy(other, ALL, bench.warnings::add))
          .isInstanceOf(GodwitException.class)
          .hasMessage("both vaults are " + place + ", also known as sftp://host/vault");
      assertThat(place.resolve("work")).isEmptyDirectory();
    }
  }

  /** One whose folder was copied by other means has its identity, and is another place. */
  @Test
  void aVaultThatWasCopiedAsAFolderIsAnother() throws IOException {
    Path copied = folder.resolve("copied");
    try (Stream<Path> files = Files.walk(folder.resolve("source"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copied.resolve(folder.resolve("source").relativize(file)));
      }
    }
    try (Vault other = Vault.open(new LocalFolder(copied))) {
      assertThat(source.planCopy(other, ALL, bench.warnings::add))
          .hasSize(3)
          .hasOnlyElementsOfType(CopyStep.There.class);
    }
  }

  @Test
  void aBlockThatComesTwiceIsSentOnce() {
    try (Vault twice = Vault.create(new MemoryStorage(), SMALL);
        Vault target = Vault.create(new MemoryStorage(), SMALL)) {
      Manifest manifest;
      try (SnapshotWriter writer = twice.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, ORDERS, 4, 1000);
        bench.write(writer, "shop.public.copies", 4, 1000);
        manifest = Bench.seal(writer);
      }
      copy(twice, target, ALL);
      assertThat(bench.check(target, true).blocks()).isEqualTo(8);
      assertThat(bench.read(target, target.snapshots().get(0)))
          .isEqualTo(bench.read(twice, manifest));
    }
  }

  @Test
  void aCopyOfACopyIsKnownAgain() {
    try (Vault second = Vault.create(new MemoryStorage(), SMALL);
        Vault third = Vault.create(new MemoryStorage(), SMALL)) {
      copy(source, second, ALL);
      copy(second, third, ALL);
      requireSame(third);
      assertThat(copy(source, third, ALL)).hasOnlyElementsOfType(CopyStep.There.class);
      assertThat(copy(third, source, ALL)).hasOnlyElementsOfType(CopyStep.There.class);
    }
  }

  @Test
  void olderOnesComeBeforeNewerOnes() {
    try (Vault target = Vault.create(new MemoryStorage(), SMALL)) {
      Manifest own = bench.backUp(target, ORDERS, 1, 10);
      copy(source, target, new CopyChoice(List.of(made.get(0).id()), Optional.empty(), none()));
      assertThat(target.snapshots()).extracting(Manifest::finished).isSorted();
      assertThat(target.find(SnapshotChoice.LATEST)).isEqualTo(own);
      Manifest later = bench.backUp(target, ORDERS, 1, 20);
      copy(source, target, ALL);
      assertThat(target.snapshots()).extracting(Manifest::finished).isSorted();
      SnapshotChoice latest = new SnapshotChoice("latest", Optional.of("shop"));
      assertThat(target.find(latest)).isEqualTo(later);
      assertThat(bench.backUp(target, ORDERS, 1, 30).finished()).isAfter(later.finished());
    }
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  /** As everywhere a source is meant by its database's name too. */
  @Test
  void aSourceIsMeantByTheNameOfItsDatabase() {
    SnapshotDraft plain = Bench.draft("store");
    Source books = new Source("7/books", "books", "memory://books");
    Manifest made;
    try (SnapshotWriter writer =
        source.write(
            new SnapshotDraft(books, plain.origin(), "", plain.catalogue(), List.of()),
            bench.context)) {
      made = Bench.seal(writer);
    }
    try (Vault target = Vault.create(new MemoryStorage(), SMALL)) {
      assertThat(copy(source, target, new CopyChoice(List.of(), Optional.of("books"), none())))
          .extracting(CopyStep::id)
          .containsExactly(made.id());
    }
  }

  @Test
  void onlyWhatWasAskedForIsCopied() {
    try (Vault target = Vault.create(new MemoryStorage(), SMALL)) {
      assertThat(copy(source, target, new CopyChoice(List.of(), none(), Optional.of("monthly"))))
          .extracting(CopyStep::id)
          .containsExactly(made.get(2).id());
      assertThat(copy(source, target, new CopyChoice(List.of(), Optional.of("shop"), none())))
          .extracting(CopyStep::id)
          .containsExactly(made.get(0).id(), made.get(1).id());
      CopyChoice nobody = new CopyChoice(List.of(), Optional.of("nobody"), none());
      assertThatThrownBy(() -> copy(source, target, nobody))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("nobody");
      assertThatThrownBy(() -> copy(source, source, ALL))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("both vaults are");
    }
  }

  @Test
  void aCopyThatStopsAnywhereGoesOnWhereItStopped() throws IOException {
    long sent = 0;
    try (Vault target = Vault.create(in(folder.resolve("whole")), SMALL)) {
      copy(source, target, ALL);
      sent = size(folder.resolve("whole/volumes"));
    }
    Path place = folder.resolve("target");
    Vault.create(in(place), SMALL).close();
    int stopped = 0;
    boolean whole = false;
    for (int writes = 3; !whole; writes += 7) {
      try (Vault target = Vault.open(Stopping.after(writes, in(place)))) {
        whole = catchThrowable(() -> copy(source, target, ALL)) == null;
      }
      stopped += whole ? 0 : 1;
      try (Vault target = Vault.open(in(place))) {
        assertThat(bench.check(target, true).damages()).isEmpty();
        for (Manifest there : target.snapshots()) {
          assertThat(bench.read(target, there)).isNotEmpty();
        }
      }
    }
    assertThat(stopped).isGreaterThan(5);
    try (Vault target = Vault.open(in(place))) {
      requireSame(target);
    }
    // Each stop costs the volume that was open, and a header and a footer; never what was sealed.
    assertThat(size(place.resolve("volumes"))).isLessThan(sent + stopped * 2000L);
  }

  private static long size(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  @Test
  void aCancelledCopyEndsAndLeavesNoSnapshot() {
    try (Bench cancelled = new Bench();
        Vault target = Vault.create(new MemoryStorage(), SMALL)) {
      long[] moved = {0};
      try (SnapshotCarrier carrier =
          source.copyTo(
              target,
              cancelled.context,
              read -> {
                moved[0] += read;
                cancelled.cancellation.cancel(ExitCode.INTERRUPTED);
              })) {
        assertThatThrownBy(() -> carrier.copy(made.get(0))).isInstanceOf(CancelledException.class);
      }
      assertThat(moved[0]).isPositive().isLessThan(made.get(0).totals().bytes());
      assertThat(target.snapshots()).isEmpty();
    }
  }

  @Test
  void aDamagedBlockIsFoundBeforeAnythingIsSealed() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("source/volumes"))) {
      for (Path volume : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(volume);
        bytes[100] ^= 1;
        Files.write(volume, bytes);
      }
    }
    try (Vault target = Vault.create(new MemoryStorage(), SMALL)) {
      assertThatThrownBy(() -> copy(source, target, ALL))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED))
          .hasMessageContaining("volumes/")
          .hasMessageContaining("has another checksum than was written");
      assertThat(target.snapshots()).isEmpty();
      assertThat(bench.check(target, true).damages()).isEmpty();
    }
  }
}
