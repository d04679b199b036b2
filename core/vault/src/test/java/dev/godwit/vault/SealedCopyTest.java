package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.carry.SnapshotCarrier;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.OtherKeys;
import dev.godwit.vault.mark.MarkFile;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.Orders;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.testing.StoppingStorage;
import dev.godwit.vault.testing.UnseenBend;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots are copied from and into encrypted vaults. */
class SealedCopyTest {
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);
  private static final String ORDERS = "shop.public.orders";
  private static final CopyChoice ALL =
      new CopyChoice(List.of(), Optional.empty(), Optional.empty());

  @TempDir Path folder;
  private final Bench bench = new Bench(4);

  @AfterEach
  void close() {
    bench.close();
  }

  private static SealedVault sealed() {
    MemoryStorage storage = new MemoryStorage();
    return new SealedVault(storage, keys -> Vault.create(storage, SMALL, Optional.of(keys)));
  }

  /** A vault, plain or encrypted, and how it is opened. */
  private record Side(
      String name, Storage storage, Supplier<Vault> toWrite, Supplier<Vault> toRead) {
    static Side plain() {
      MemoryStorage storage = new MemoryStorage();
      Vault.create(storage, SMALL).close();
      return new Side("plain", storage, () -> Vault.open(storage), () -> Vault.open(storage));
    }

    static Side encrypted() {
      SealedVault sealed = sealed();
      return new Side("encrypted", sealed.storage, sealed::writer, sealed::reader);
    }

    static Side ofItsReader() {
      SealedVault sealed = sealed();
      return new Side("encrypted, by an identity", sealed.storage, sealed::reader, sealed::reader);
    }

    long bytes(String below) throws IOException {
      try (Stream<Storage.StoredFile> files = storage.list(below)) {
        return files.mapToLong(Storage.StoredFile::size).sum();
      }
    }

    List<String> paths(String below) throws IOException {
      try (Stream<Storage.StoredFile> files = storage.list(below)) {
        return files.map(Storage.StoredFile::path).sorted().toList();
      }
    }
  }

  /** Three snapshots of two sources, the first two nearly the same, with a large value. */
  private List<Manifest> backUp(Side side) {
    List<Manifest> made = new ArrayList<>();
    try (Vault vault = side.toWrite().get()) {
      made.add(shop(vault, 6));
      made.add(shop(vault, 7));
      try (SnapshotWriter writer = vault.write(Bench.draft("store", "monthly"), bench.context)) {
        bench.write(writer, "shop.public.many", 2, 12, 300);
        pictures(writer);
        made.add(Bench.seal(writer));
      }
    }
    return made;
  }

  private Manifest shop(Vault vault, int partitions) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, ORDERS, partitions, 1000);
      return Bench.seal(writer);
    }
  }

  private void pictures(SnapshotWriter writer) {
    Dataset pictures = Orders.dataset("shop.public.pictures");
    byte[] picture = new byte[70_000];
    new Random(1).nextBytes(picture);
    writer.prepare(pictures);
    try (RecordWriter out = writer.open(pictures, Partition.whole(pictures.name()))) {
      out.write(new LargeValue(new ByteArrayInputStream(picture)));
      byte[] hash = Hash.sha256().digest(picture);
      LargeReference reference = new LargeReference(1, 1, picture.length, hash);
      try (VectorSchemaRoot root = Orders.batch(bench.allocator, 1, 3).rows()) {
        out.write(new RecordBatch(root, List.of(), List.of(reference)));
      }
      out.commit();
    }
  }

  private List<CopyStep> copy(Vault from, Vault to) {
    List<CopyStep> settled = new ArrayList<>();
    List<CopyStep> steps = from.planCopy(to, ALL, bench.warnings::add);
    try (SnapshotCarrier carrier = from.copyTo(to, bench.context, read -> {})) {
      for (CopyStep step : steps) {
        settled.add(
            step instanceof CopyStep.ToCopy copy
                ? new CopyStep.Copied(copy.manifest(), carrier.copy(copy.manifest()))
                : step);
      }
    }
    return settled;
  }

  private List<CopyStep> copy(Side from, Side to) {
    try (Vault source = from.toRead().get();
        Vault target = to.toWrite().get()) {
      return copy(source, target);
    }
  }

  private void requireSame(Side from, Side to, List<Manifest> made) {
    try (Vault source = from.toRead().get();
        Vault target = to.toRead().get()) {
      List<Manifest> copies = target.snapshots();
      assertThat(copies).hasSameSizeAs(made);
      for (int i = 0; i < made.size(); i++) {
        Manifest was = made.get(i);
        Manifest copy = copies.get(i);
        assertThat(copy.copiedFrom()).contains(new Manifest.Origin(source.id(), was.id()));
        assertThat(copy.finished()).isEqualTo(was.finished());
        assertThat(copy.scope()).isEqualTo(was.scope());
        assertThat(copy.tags()).isEqualTo(was.tags());
        assertThat(copy.totals().bytes()).isEqualTo(was.totals().bytes());
        assertThat(bench.read(target, copy)).isEqualTo(bench.read(source, was));
      }
      CheckReport report = bench.check(target, true);
      assertThat(report.damages()).isEmpty();
      assertThat(report.remarks()).isEmpty();
    }
  }

  @Test
  void everyPairingCopiesAllOnceAndBackupsGoOn() throws IOException {
    for (Supplier<Side> from : List.<Supplier<Side>>of(Side::plain, Side::encrypted)) {
      Side source = from.get();
      List<Manifest> made = backUp(source);
      for (Side target : List.of(Side.plain(), Side.encrypted(), Side.ofItsReader())) {
        String pairing = source.name() + " into " + target.name();
        assertThat(copy(source, target)).as(pairing).hasOnlyElementsOfType(CopyStep.Copied.class);
        requireSame(source, target, made);
        long bytes = target.bytes("volumes");
        assertThat(copy(source, target)).as(pairing).hasOnlyElementsOfType(CopyStep.There.class);
        assertThat(target.bytes("volumes")).isEqualTo(bytes);
        try (Vault vault = target.toRead().get()) {
          Manifest second = vault.snapshots().get(1);
          assertThat(second.totals().newBytes())
              .as(pairing)
              .isPositive()
              .isLessThan(vault.snapshots().get(0).totals().newBytes() / 2);
        }
        try (Vault vault = target.toWrite().get()) {
          assertThat(shop(vault, 7).totals().newBytes()).as(pairing).isZero();
        }
      }
    }
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void whatTheTargetBackedUpItselfIsNotStoredAgain() {
    for (Side source : List.of(Side.plain(), Side.encrypted())) {
      backUp(source);
      for (Side target : List.of(Side.plain(), Side.encrypted())) {
        try (Vault vault = target.toWrite().get()) {
          shop(vault, 7);
        }
        copy(source, target);
        try (Vault vault = target.toRead().get()) {
          assertThat(vault.snapshots())
              .filteredOn(manifest -> manifest.copiedFrom().isPresent())
              .filteredOn(manifest -> manifest.source().id().equals("shop"))
              .hasSize(2)
              .allMatch(manifest -> manifest.totals().newBytes() == 0);
        }
      }
    }
  }

  @Test
  void aBlockThatTwoSnapshotsShareIsReadOnce() {
    SealedVault source = sealed();
    try (Vault vault = source.writer()) {
      shop(vault, 6);
      shop(vault, 7);
    }
    AtomicInteger reads = new AtomicInteger();
    Storage counted =
        MeddlingStorage.of(
            source.storage,
            (operation, path) -> {
              if (operation.equals("read") && path.startsWith("volumes/")) {
                reads.incrementAndGet();
              }
            });
    Side target = Side.encrypted();
    try (Vault from = Vault.open(counted, KeyRing.of(source.identity));
        Vault to = target.toWrite().get()) {
      copy(from, to);
    }
    // 12 blocks of the first, 2 more of the second, and the headers of three volumes at most twice.
    assertThat(reads.get()).isBetween(14, 14 + 2 * 4);
  }

  @Test
  void aCopyOfACopyIsKnownAgainThroughEncryptedVaults() {
    Side first = Side.plain();
    List<Manifest> made = backUp(first);
    Side second = Side.encrypted();
    Side third = Side.encrypted();
    Side fourth = Side.plain();
    copy(first, second);
    copy(second, third);
    copy(third, fourth);
    requireSame(first, fourth, made);
    assertThat(copy(first, third)).hasOnlyElementsOfType(CopyStep.There.class);
    assertThat(copy(first, fourth)).hasOnlyElementsOfType(CopyStep.There.class);
    assertThat(copy(fourth, first)).hasOnlyElementsOfType(CopyStep.There.class);
    assertThat(copy(third, second)).hasOnlyElementsOfType(CopyStep.There.class);
  }

  @Test
  void aWritersKeyOfTheSourceReadsNothing() throws IOException {
    SealedVault source = sealed();
    Side target = Side.encrypted();
    try (Vault from = source.writer();
        Vault to = target.toWrite().get()) {
      shop(from, 2);
      List<String> before = target.paths("");
      for (var call :
          List.<ThrowingCallable>of(
              () -> from.planCopy(to, ALL, bench.warnings::add),
              () -> from.copyTo(to, bench.context, read -> {}))) {
        assertThatThrownBy(call)
            .isInstanceOfSatisfying(
                GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_KEY));
      }
      assertThat(target.paths("").stream().filter(p -> !p.startsWith("keys/")))
          .isEqualTo(before.stream().filter(p -> !p.startsWith("keys/")).toList());
    }
  }

  @Test
  void anEncryptedCopyTellsNothingOfThePlainOne() throws IOException {
    Side source = Side.plain();
    backUp(source);
    Side target = Side.encrypted();
    copy(source, target);
    for (String path : target.paths("")) {
      ByteBuffer bytes = ByteBuffer.allocate((int) target.storage().stat(path).size());
      target.storage().read(path, 0, bytes);
      String text = path + ' ' + new String(bytes.array(), StandardCharsets.ISO_8859_1);
      for (String word :
          List.of("\"shop\"", "store", "orders", "bigint", "\"note\"", "monthly", "memory")) {
        assertThat(text.contains(word)).as("%s in %s", word, path).isFalse();
      }
    }
  }

  @Test
  void twoWritersCopiesStayApart() {
    Side source = Side.plain();
    backUp(source);
    SealedVault target = sealed();
    try (Vault from = source.toRead().get()) {
      try (Vault ours = target.writer()) {
        copy(from, ours);
      }
      try (Vault theirs = target.writer(OtherKeys.ofAnotherWriter(target.writerKey()))) {
        assertThat(copy(from, theirs)).hasOnlyElementsOfType(CopyStep.There.class);
        assertThat(shop(theirs, 7).totals().newBytes()).isPositive();
      }
    }
    try (Vault vault = target.reader()) {
      assertThat(bench.check(vault, true).damages()).isEmpty();
    }
  }

  @Test
  void aFrameWhoseBytesAreOthersIsFoundAndNotCopied() throws IOException {
    for (Side source : List.of(Side.plain(), Side.encrypted())) {
      try (Vault vault = source.toWrite().get()) {
        shop(vault, 1);
      }
      UnseenBend.of(source.storage(), source.paths("volumes").get(0), 1000);
      for (Side target : List.of(Side.encrypted(), Side.plain())) {
        if (!source.name().equals("plain") || !target.name().equals("plain")) {
          assertThatThrownBy(() -> copy(source, target))
              .as("%s into %s", source.name(), target.name())
              .isInstanceOfSatisfying(
                  GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED))
              .hasMessageContaining("volumes/");
          try (Vault vault = target.toRead().get()) {
            assertThat(vault.snapshots()).isEmpty();
            assertThat(bench.check(vault, true).damages()).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void aCopyStoppedAtAnyOperationGoesOn() throws IOException {
    Side source = Side.encrypted();
    Manifest was;
    try (Vault vault = source.toWrite().get()) {
      was = shop(vault, 3);
    }
    SealedVault target = sealed();
    int stops = 0;
    boolean whole = false;
    for (long after = 0; !whole; after += 1 + after / 8) {
      StoppingStorage stopping = new StoppingStorage(target.storage, after);
      try (Vault from = source.toRead().get()) {
        Throwable failed =
            catchThrowable(() -> copy(from, Vault.open(stopping, KeyRing.of(target.writerKey()))));
        whole = failed == null && !stopping.stopped();
      }
      stops += whole ? 0 : 1;
      try (Vault vault = target.reader()) {
        assertThat(bench.check(vault, true).damages()).as("stopped after %d", after).isEmpty();
        for (Manifest there : vault.snapshots()) {
          assertThat(bench.read(vault, there)).hasSize((int) was.totals().rows());
        }
      }
    }
    assertThat(stops).isGreaterThan(15);
    try (Vault vault = target.reader()) {
      assertThat(vault.snapshots()).hasSize(1);
    }
  }

  /**
   * The name of a block is known there only once it was read; {@link Bench} asks for its memory.
   */
  @Test
  void aBlockThatCannotBeLookedForIsGivenBack() throws IOException {
    Side source = Side.encrypted();
    backUp(source);
    SealedVault target = sealed();
    try (Vault from = source.toRead().get();
        Vault to = target.writer()) {
      copy(from, to);
    }
    for (String path : target.paths("snapshots")) {
      target.storage.delete(path);
    }
    Storage stopping =
        new StoppingStorage(target.storage, 0, operation -> operation.startsWith("stat volumes/"));
    try (Vault from = source.toRead().get();
        Vault to = Vault.open(stopping, KeyRing.of(target.writerKey()))) {
      assertThatThrownBy(() -> copy(from, to))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("volumes/");
    }
  }

  /** The blocks stay where they were, so that every list would be the same file again. */
  @Test
  void listsThatAPruneOfTheTargetHasMarkedAreWrittenUnderOtherNames() throws IOException {
    Side source = Side.plain();
    backUp(source);
    for (Side target : List.of(Side.plain(), Side.encrypted())) {
      copy(source, target);
      List<String> marked = target.paths("lists");
      mark(target, List.of("lists"));
      for (String path : target.paths("snapshots")) {
        target.storage().delete(path);
      }
      copy(source, target);
      for (String path : marked) {
        target.storage().delete(path);
      }
      try (Vault vault = target.toRead().get()) {
        assertThat(bench.check(vault, true).damages()).as(target.name()).isEmpty();
        assertThat(vault.snapshots()).hasSize(3).allMatch(m -> m.totals().newBytes() == 0);
      }
    }
  }

  private static void mark(Side side, List<String> folders) throws IOException {
    Storage target = side.storage();
    List<MarkFile.Going> going = new ArrayList<>();
    for (String below : folders) {
      try (Stream<Storage.StoredFile> files = target.list(below)) {
        files.forEach(file -> going.add(new MarkFile.Going(file.path(), file.size())));
      }
    }
    try (Vault vault = side.toWrite().get()) {
      VaultFiles files = new VaultFiles(target, vault.id(), vault.keys());
      var unused = MarkFile.write(files, target.now(), going);
    }
  }

  @Test
  void whatAPruneOfTheTargetHasMarkedIsBroughtAnew() throws IOException {
    for (Side target : List.of(Side.plain(), Side.encrypted())) {
      Side source = Side.plain();
      List<Manifest> made = backUp(source);
      copy(source, target);
      List<String> marked = new ArrayList<>(target.paths("volumes"));
      marked.addAll(target.paths("lists"));
      mark(target, List.of("volumes", "lists"));
      for (String path : target.paths("snapshots")) {
        target.storage().delete(path);
      }
      assertThat(copy(source, target))
          .as(target.name())
          .hasOnlyElementsOfType(CopyStep.Copied.class)
          .first()
          .satisfies(
              step -> assertThat(((CopyStep.Copied) step).made().totals().newBytes()).isPositive());
      for (String path : marked) {
        target.storage().delete(path);
      }
      for (String path : target.paths("marks")) {
        target.storage().delete(path);
      }
      try (Vault vault = target.toRead().get()) {
        assertThat(bench.check(vault, true).damages()).isEmpty();
        assertThat(bench.read(vault, vault.snapshots().get(0))).hasSize(6 * 2 * 1000);
        assertThat(vault.snapshots()).hasSameSizeAs(made);
      }
    }
  }

  @Test
  void blocksThatAPruneHasMovedAreFound() {
    Path place = folder.resolve("source");
    Manifest last;
    try (Vault vault = Vault.create(new LocalFolder(place), new VolumeLimits(8 << 10, 100))) {
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.writeFrom(writer, ORDERS, 0, 4, 6, 300);
        Bench.seal(writer);
      }
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.writeFrom(writer, ORDERS, 3 * 6 * 300, 1, 2, 300); // two blocks of 24
        last = Bench.seal(writer);
      }
      PruneBench.prune(vault, bench, 1);
      assertThat(PruneBench.files(place, "moved")).isNotEmpty();
      for (Side target : List.of(Side.plain(), Side.encrypted())) {
        try (Vault to = target.toWrite().get()) {
          assertThat(copy(vault, to)).hasOnlyElementsOfType(CopyStep.Copied.class);
        }
        try (Vault to = target.toRead().get()) {
          assertThat(bench.read(to, to.snapshots().get(0))).isEqualTo(bench.read(vault, last));
          assertThat(bench.check(to, true).damages()).isEmpty();
        }
      }
      try (var repair = vault.repair(true, false, bench.context, read -> {})) {
        var unused = repair.rebuildIndex();
        assertThat(repair.plan().isNeeded()).isFalse();
      }
    }
  }
}
