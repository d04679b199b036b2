package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Source;
import dev.godwit.vault.PruneReport.Fate;
import dev.godwit.vault.retention.RetentionRules;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prune removes, and that nothing that stays is touched. */
class PruneTest {
  private static final String ORDERS = "shop.public.orders";

  @TempDir Path folder;
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Vault create() {
    return Vault.create(new LocalFolder(folder), new VolumeLimits(16 << 10, 100));
  }

  /** Orders from a number on: what lies below it is not shared with others. */
  private Manifest backUp(Vault vault, String source, long from, int partitions, int rows) {
    try (SnapshotWriter writer = vault.write(Bench.draft(source), bench.context)) {
      bench.writeFrom(writer, ORDERS, from, partitions, 6, rows);
      return Bench.seal(writer);
    }
  }

  private void requireWhole(Vault vault, List<Manifest> left, int rows) {
    assertThat(vault.snapshots()).containsExactlyElementsOf(left);
    CheckReport check = bench.check(vault, true);
    assertThat(check.damages()).isEmpty();
    assertThat(check.remarks()).isEmpty();
    for (Manifest manifest : left) {
      assertThat(bench.read(vault, manifest)).hasSize(rows).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatOnlyDroppedSnapshotsNeedGoes() {
    try (Vault vault = create()) {
      backUp(vault, "shop", 0, 3, 300);
      backUp(vault, "shop", 100_000, 3, 300);
      Manifest last = backUp(vault, "shop", 200_000, 3, 300);
      Manifest other = backUp(vault, "store", 200_000, 3, 300);
      long before = PruneBench.bytes(folder, "");

      PruneReport report = PruneBench.prune(vault, bench, 1);

      assertThat(report.snapshots())
          .extracting(Fate::kept)
          .containsExactly(false, false, true, true);
      requireWhole(vault, List.of(last, other), 3 * 6 * 300);
      long given = report.removed().bytes();
      assertThat(before - PruneBench.bytes(folder, "")).isBetween(given, given + 20_000);
      assertThat(PruneBench.bytes(folder, "volumes")).isLessThan(before / 2);
      assertThat(PruneBench.files(folder, "marks")).isEmpty();
      assertThat(PruneBench.files(folder, "locks")).isEmpty();
      assertThat(report.waitsFor()).isEmpty();
      assertThat(bench.warnings).isEmpty();
      assertThat(backUp(vault, "shop", 200_000, 3, 300).totals().newBytes()).isZero();
    }
  }

  @Test
  void volumesWithLittleLiveDataAreRewritten() {
    try (Vault vault = create()) {
      backUp(vault, "shop", 0, 4, 300);
      // Shares a little with the first: two blocks of 24.
      Manifest last;
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.writeFrom(writer, ORDERS, 3 * 6 * 300, 1, 2, 300);
        last = Bench.seal(writer);
      }
      assertThat(last.totals().newBytes()).isZero();
      long before = PruneBench.bytes(folder, "volumes");

      PruneReport report = PruneBench.prune(vault, bench, 1);

      assertThat(report.rewritten().files()).isPositive();
      assertThat(PruneBench.files(folder, "moved")).isNotEmpty();
      assertThat(PruneBench.bytes(folder, "volumes")).isLessThan(before / 2);
      requireWhole(vault, List.of(last), 2 * 300);
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.writeFrom(writer, ORDERS, 3 * 6 * 300, 1, 2, 300);
        assertThat(Bench.seal(writer).totals().newBytes())
            .as("the index knows where the blocks lie now")
            .isZero();
      }
    }
  }

  @Test
  void whatWasMovedMayBeMovedAgain() {
    try (Vault vault = create()) {
      Manifest pinned = backUp(vault, "shop", 2 * 6 * 300, 1, 300);
      vault.pins().pin(pinned.id());
      Manifest all = backUp(vault, "shop", 0, 4, 300);
      Manifest few = backUp(vault, "shop", 3 * 6 * 300, 1, 300);
      assertThat(all).isNotNull();
      PruneRequest eager =
          new PruneRequest(
              PruneBench.keepLast(1).rules(), ZoneOffset.UTC, Optional.empty(), 1, false);
      for (int round = 0; round < 3; round++) {
        vault.prune(eager, bench.context);
        requireWhole(vault, List.of(pinned, few), 6 * 300);
      }
      vault.pins().unpin(pinned.id());
      for (int round = 0; round < 3; round++) {
        vault.prune(eager, bench.context);
        requireWhole(vault, List.of(few), 6 * 300);
      }
    }
  }

  @Test
  void aDryRunSaysItAllAndChangesNothing() {
    try (Vault vault = create()) {
      backUp(vault, "shop", 0, 4, 300);
      Manifest last = backUp(vault, "shop", 3 * 6 * 300, 1, 300);
      List<String> before = PruneBench.files(folder, "");

      PruneReport dry = vault.prune(PruneBench.dry(PruneBench.keepLast(1)), bench.context);

      assertThat(PruneBench.files(folder, "")).isEqualTo(before);
      PruneReport done = PruneBench.prune(vault, bench, 1);
      assertThat(dry.snapshots()).isEqualTo(done.snapshots());
      assertThat(dry.removed()).isEqualTo(done.removed());
      assertThat(dry.rewritten().files()).isEqualTo(done.rewritten().files());
      requireWhole(vault, List.of(last), 6 * 300);
    }
  }

  @Test
  void withoutARuleNothingIsTouched() {
    try (Vault vault = create()) {
      backUp(vault, "shop", 0, 1, 300);
      List<String> before = PruneBench.files(folder, "");
      PruneRequest none =
          new PruneRequest(
              new RetentionRules(0, Map.of(), Optional.empty(), Set.of()),
              ZoneOffset.UTC,
              Optional.empty(),
              0.5,
              false);
      assertThatThrownBy(() -> vault.prune(none, bench.context))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
      assertThat(PruneBench.files(folder, "")).isEqualTo(before);
    }
  }

  @Test
  void onlyTheSourceThatIsMeantLosesSnapshots() {
    try (Vault vault = create()) {
      backUp(vault, "shop", 0, 1, 300);
      Manifest shop = backUp(vault, "shop", 10_000, 1, 300);
      Manifest first = backUp(vault, "store", 20_000, 1, 300);
      Manifest second = backUp(vault, "store", 30_000, 1, 300);
      vault.prune(
          new PruneRequest(
              PruneBench.keepLast(1).rules(), ZoneOffset.UTC, Optional.of("shop"), 0.5, false),
          bench.context);
      requireWhole(vault, List.of(shop, first, second), 6 * 300);
    }
  }

  /** A name that a source was given is not meant for others whose database happens to have it. */
  @Test
  void aSourceOfThatIdIsMeantBeforeADatabaseOfThatName() {
    try (Vault vault = create()) {
      backUp(vault, "shop", 0, 1, 300);
      Manifest shop = backUp(vault, "shop", 10_000, 1, 300);
      SnapshotDraft plain = Bench.draft("store");
      Source store = new Source("store", "shop", "memory://store");
      List<Manifest> left = new ArrayList<>(List.of(shop));
      for (int i = 0; i < 2; i++) {
        try (SnapshotWriter writer =
            vault.write(
                new SnapshotDraft(store, plain.origin(), "", plain.catalogue(), List.of()),
                bench.context)) {
          left.add(Bench.seal(writer));
        }
      }
      vault.prune(
          new PruneRequest(
              PruneBench.keepLast(1).rules(), ZoneOffset.UTC, Optional.of("shop"), 0.5, false),
          bench.context);
      assertThat(vault.snapshots()).containsExactlyElementsOf(left);
    }
  }

  @Test
  void aListOfASnapshotThatStaysIsDamagedSoNothingGoes() throws IOException {
    try (Vault vault = create()) {
      backUp(vault, "shop", 0, 2, 300);
      Manifest last = backUp(vault, "shop", 50_000, 2, 300);
      Path list =
          folder.resolve("lists/" + last.contents().substring(0, 2) + "/" + last.contents());
      byte[] bytes = Files.readAllBytes(list);
      bytes[bytes.length / 2] ^= 1;
      Files.write(list, bytes);
      List<String> before = PruneBench.files(folder, "");
      assertThatThrownBy(() -> PruneBench.prune(vault, bench, 1))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED));
      assertThat(PruneBench.files(folder, "")).isEqualTo(before);
    }
  }

  @Test
  void aVolumeThatIsBentIsNotCopied() throws IOException {
    try (Vault vault = create()) {
      backUp(vault, "shop", 0, 4, 300);
      Manifest last = backUp(vault, "shop", 3 * 6 * 300, 1, 300);
      for (String volume : PruneBench.files(folder, "volumes")) {
        byte[] bytes = Files.readAllBytes(folder.resolve(volume));
        bytes[100] ^= 1; // in the first frame
        Files.write(folder.resolve(volume), bytes);
      }
      PruneReport report = PruneBench.prune(vault, bench, 1);
      assertThat(vault.snapshots()).containsExactly(last);
      assertThat(report.snapshots()).hasSize(2);
      // What was bent before is bent still: no copy makes it look whole.
      assertThat(bench.check(vault, true).damages())
          .allMatch(damage -> damage.file().startsWith("volumes/"));
    }
  }
}
