package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.SealedCopies.Side;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.mark.MarkFile;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of and into encrypted vaults that were pruned, or are about to be. */
class SealedCopyBesidePruneTest {
  @TempDir Path folder;
  private final SealedCopies copies = new SealedCopies();

  @AfterEach
  void close() {
    copies.close();
  }

  /** The blocks stay where they were, so that every list would be the same file again. */
  @Test
  void listsThatAPruneOfTheTargetHasMarkedAreWrittenUnderOtherNames() throws IOException {
    Side source = Side.plain();
    copies.backUp(source);
    for (Side target : List.of(Side.plain(), Side.encrypted())) {
      copies.copy(source, target);
      List<String> marked = target.paths("lists");
      mark(target, List.of("lists"));
      for (String path : target.paths("snapshots")) {
        target.storage().delete(path);
      }
      copies.copy(source, target);
      for (String path : marked) {
        target.storage().delete(path);
      }
      try (Vault vault = target.toRead().get()) {
        assertThat(copies.bench.check(vault, true).damages()).as(target.name()).isEmpty();
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
      List<Manifest> made = copies.backUp(source);
      copies.copy(source, target);
      List<String> marked = new ArrayList<>(target.paths("volumes"));
      marked.addAll(target.paths("lists"));
      mark(target, List.of("volumes", "lists"));
      for (String path : target.paths("snapshots")) {
        target.storage().delete(path);
      }
      assertThat(copies.copy(source, target))
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
        assertThat(copies.bench.check(vault, true).damages()).isEmpty();
        assertThat(copies.bench.read(vault, vault.snapshots().get(0))).hasSize(6 * 2 * 1000);
        assertThat(vault.snapshots()).hasSameSizeAs(made);
      }
    }
  }

  @Test
  void blocksThatAPruneHasMovedAreFound() {
    Path place = folder.resolve("source");
    Manifest last;
    try (Vault vault = Vault.create(new LocalFolder(place), new VolumeLimits(8 << 10, 100))) {
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), copies.bench.context)) {
        copies.bench.writeFrom(writer, SealedCopies.ORDERS, 0, 4, 6, 300);
        Bench.seal(writer);
      }
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), copies.bench.context)) {
        copies.bench.writeFrom(
            writer, SealedCopies.ORDERS, 3 * 6 * 300, 1, 2, 300); // two blocks of 24
        last = Bench.seal(writer);
      }
      PruneBench.prune(vault, copies.bench, 1);
      assertThat(PruneBench.files(place, "moved")).isNotEmpty();
      for (Side target : List.of(Side.plain(), Side.encrypted())) {
        try (Vault to = target.toWrite().get()) {
          assertThat(copies.copy(vault, to)).hasOnlyElementsOfType(CopyStep.Copied.class);
        }
        try (Vault to = target.toRead().get()) {
          assertThat(copies.bench.read(to, to.snapshots().get(0)))
              .isEqualTo(copies.bench.read(vault, last));
          assertThat(copies.bench.check(to, true).damages()).isEmpty();
        }
      }
      try (var repair = vault.repair(true, false, copies.bench.context, read -> {})) {
        var unused = repair.rebuildIndex();
        assertThat(repair.plan().isNeeded()).isFalse();
      }
    }
  }
}
