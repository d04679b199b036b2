package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.OtherKeys;
import dev.godwit.vault.key.WriterKey;
import dev.godwit.vault.repair.Finding;
import dev.godwit.vault.repair.RepairPlan;
import dev.godwit.vault.repair.VaultRepair;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.testing.StoppingStorage;
import dev.godwit.vault.testing.UnseenBend;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of an encrypted vault an identity mends, and what a writer key does. */
class SealedRepairTest {
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);

  private static final RepairPlan.BentIndex SOUND =
      new RepairPlan.BentIndex(List.of(), List.of(), List.of());

  private final Bench bench = new Bench();
  private SealedVault sealed;
  private WriterKey another;
  private final List<Manifest> made = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** One snapshot of each of two writers. */
  @BeforeEach
  void backUp() {
    MemoryStorage storage = new MemoryStorage();
    sealed = new SealedVault(storage, keys -> Vault.create(storage, SMALL, Optional.of(keys)));
    another = OtherKeys.ofAnotherWriter(sealed.writerKey());
    made.clear();
    rows.clear();
    for (WriterKey key : List.of(sealed.writerKey(), another)) {
      try (Vault vault = sealed.writer(key)) {
        made.add(backUp(vault));
      }
    }
    try (Vault vault = sealed.reader()) {
      made.forEach(manifest -> rows.add(bench.read(vault, manifest)));
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Manifest backUp(Vault vault) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, "shop.public.orders", 4, 1000);
      bench.write(writer, "shop.public.many", 2, 12, 301);
      return Bench.seal(writer);
    }
  }

  /** All files but the index, which is no truth. */
  private Map<String, Integer> all() throws IOException {
    Map<String, Integer> all = new TreeMap<>();
    for (String path : sealed.paths("")) {
      if (!path.startsWith("index/")) {
        all.put(path, Arrays.hashCode(sealed.bytes(path)));
      }
    }
    return all;
  }

  private void bend(String path, int at) throws IOException {
    byte[] bytes = sealed.bytes(path);
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    sealed.storage.replace(path, bytes);
  }

  private RepairPlan repair(boolean readData) {
    try (Vault vault = sealed.reader()) {
      return repair(vault, readData);
    }
  }

  private RepairPlan repair(Vault vault, boolean readData) {
    try (VaultRepair repair = vault.repair(readData, false, bench.context, read -> {})) {
      repair.rebuildIndex();
      RepairPlan plan = repair.plan();
      repair.mend(plan);
      return plan;
    }
  }

  private void requireEverything() {
    try (Vault vault = sealed.reader()) {
      CheckReport report = bench.check(vault, true);
      assertThat(report.damages()).isEmpty();
      assertThat(report.remarks()).noneMatch(r -> r.contains("index"));
      List<Manifest> now = vault.snapshots();
      assertThat(now).hasSameSizeAs(made);
      for (int i = 0; i < made.size(); i++) {
        assertThat(bench.read(vault, now.get(i))).isEqualTo(rows.get(i));
        assertThat(now.get(i).complete()).isTrue();
        assertThat(now.get(i).finished()).isEqualTo(made.get(i).finished());
      }
      assertThat(vault.heads())
          .extracting(SnapshotHead::writer)
          .containsExactly(
              Optional.of(sealed.writerKey().writerId()), Optional.of(another.writerId()));
    }
  }

  /** What was mended is its writer's as before: nothing has to be stored again. */
  private void requireBackupsGoOn() {
    for (WriterKey key : List.of(sealed.writerKey(), another)) {
      try (Vault vault = sealed.writer(key)) {
        assertThat(backUp(vault).totals().newBytes()).isZero();
      }
    }
  }

  @Test
  void theKeyOfAWriterThatIsGoneIsToldAndComesBackWithThatWriter() throws IOException {
    String gone = Layout.writer(another.writerId());
    sealed.storage.delete(gone);
    for (Vault opened : List.of(sealed.reader(), sealed.writer())) {
      try (Vault vault = opened) {
        List<CheckReport.Damage> damages = bench.check(vault, false).damages();
        assertThat(damages).extracting(CheckReport.Damage::file).containsExactly(gone);
        assertThat(damages.get(0).what()).startsWith("is missing");
        repair(vault, false);
        assertThat(sealed.paths(Layout.WRITERS)).hasSize(1);
      } catch (GodwitException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_KEY); // a writer's key mends no snapshot
      }
    }
    try (Vault vault = sealed.writer(another);
        VaultRepair repair = vault.repair(false, false, bench.context, read -> {})) {
      assertThat(repair.plan().isNeeded()).isFalse();
    }
    assertThat(sealed.paths(Layout.WRITERS)).hasSize(2);
    requireEverything();
  }

  @Test
  void aSoundVaultIsLeftAsItIs() throws IOException {
    Map<String, Integer> before = all();
    assertThat(repair(true).isNeeded()).isFalse();
    assertThat(all()).isEqualTo(before);
    try (Vault vault = sealed.writer();
        VaultRepair repair = vault.repair(true, false, bench.context, read -> {})) {
      assertThat(repair.rebuildIndex()).isEqualTo(SOUND);
      assertThat(repair.plan().isNeeded()).isFalse();
    }
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void bentFootersAndHeadersCostNothing() throws IOException {
    for (int at : new int[] {-3, 30, 90}) {
      backUp();
      for (String volume : sealed.paths("volumes")) {
        bend(volume, at);
      }
      assertThat(repair(false).losesData()).as("bent at %d", at).isFalse();
      requireEverything();
      requireBackupsGoOn();
    }
  }

  /** A writer key has its own part of the index only, who reads has all of them. */
  @Test
  void anIndexThatIsGoneIsToldByWhoCanMakeItAnew() throws IOException {
    int volumes = sealed.paths("volumes").size();
    for (String segment : sealed.paths("index")) {
      sealed.storage.delete(segment);
    }
    int mine;
    try (Vault vault = sealed.writer();
        VaultRepair repair = vault.repair(false, false, bench.context, read -> {})) {
      mine = repair.rebuildIndex().uncovered().size();
      RepairPlan.BentIndex left = repair.plan().index();
      assertThat(left.uncovered()).isEmpty();
      assertThat(left.ofOthers()).hasSize(volumes - mine).isSubsetOf(sealed.paths("volumes"));
    }
    assertThat(mine).isBetween(1, volumes - 1);
    try (Vault vault = sealed.reader();
        VaultRepair repair = vault.repair(false, false, bench.context, read -> {})) {
      assertThat(repair.plan().index().uncovered()).hasSize(volumes - mine);
      assertThat(repair.rebuildIndex().uncovered()).hasSize(volumes - mine);
      assertThat(repair.plan().index()).isEqualTo(SOUND);
    }
    requireEverything();
    requireBackupsGoOn();
  }

  @Test
  void aWriterKeyMakesTheIndexAnewAndSaysWhatItDoesNot() throws IOException {
    List<String> segments = sealed.paths("index");
    for (String segment : segments) {
      bend(segment, 70);
    }
    String volume = sealed.paths("volumes").get(0);
    bend(volume, -3);
    Map<String, Integer> before = all();
    try (Vault vault = sealed.writer();
        VaultRepair repair = vault.repair(false, false, bench.context, read -> {})) {
      assertThat(repair.rebuildIndex().segments()).containsExactlyElementsOf(segments);
      RepairPlan plan = repair.plan();
      assertThat(plan.findings())
          .singleElement()
          .isInstanceOfSatisfying(
              Finding.Unread.class, unread -> assertThat(unread.why()).contains(volume));
      assertThat(plan.losesData()).isFalse();
      assertThatThrownBy(() -> repair.mend(plan))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_KEY));
    }
    assertThat(all()).isEqualTo(before);
    assertThat(repair(false).losesData()).isFalse();
    requireEverything();
    requireBackupsGoOn();
  }

  @Test
  void aWriterKeySeesWhatIsGone() throws IOException {
    for (String below : List.of("volumes", "lists")) {
      for (String path : sealed.paths(below)) {
        byte[] bytes = sealed.bytes(path);
        sealed.storage.delete(path);
        try (Vault vault = sealed.writer();
            VaultRepair repair = vault.repair(false, true, bench.context, read -> {})) {
          assertThat(repair.plan().findings())
              .as(path)
              .isNotEmpty()
              .allSatisfy(f -> assertThat(((Finding.Unread) f).why()).contains(path));
        }
        sealed.storage.createIfAbsent(path, bytes);
      }
    }
  }

  @Test
  void bentReferencesAreMadeAnew() throws IOException {
    try (Vault vault = sealed.writer()) {
      for (SnapshotHead head : vault.heads()) {
        bend(Layout.list(head.references().orElseThrow()), 40);
      }
    }
    RepairPlan plan = repair(false);
    assertThat(plan.lists()).hasSize(2);
    assertThat(plan.losesData()).isFalse();
    requireEverything();
  }

  @Test
  void whatIsGoneIsLeftOutAndTheRestKept() throws IOException {
    sealed.storage.delete(volumeOfOneDataset());
    assertThat(repair(false).losesData()).isTrue();
    requireRest();
  }

  /** One whose loss leaves something of its snapshot: some hold blocks of both datasets. */
  private String volumeOfOneDataset() throws IOException {
    for (String volume : sealed.paths("volumes")) {
      byte[] bytes = sealed.bytes(volume);
      sealed.storage.delete(volume);
      try (Vault vault = sealed.reader();
          VaultRepair repair = vault.repair(false, true, bench.context, read -> {})) {
        if (repair.plan().findings().get(0) instanceof Finding.Mended mended
            && mended.lost().size() == 1) {
          return volume;
        }
      } finally {
        sealed.storage.createIfAbsent(volume, bytes);
      }
    }
    throw new AssertionError("every volume holds blocks of both datasets");
  }

  private void requireRest() {
    try (Vault vault = sealed.reader()) {
      assertThat(bench.check(vault, true).damages()).isEmpty();
      List<Manifest> now = vault.snapshots();
      assertThat(now).hasSize(2).anyMatch(Manifest::complete).anyMatch(m -> !m.complete());
      for (int i = 0; i < 2; i++) {
        assertThat(rows.get(i)).containsAll(bench.read(vault, now.get(i)));
        assertThat(now.get(i).leftOut()).hasSize(now.get(i).complete() ? 0 : 1);
      }
    }
  }

  /** Its checksum is as it was: only who opens it sees that it is not what was sealed. */
  @Test
  void aFrameThatDoesNotOpenIsNotTakenForWhole() throws IOException {
    String volume = volumeOfOneDataset();
    UnseenBend.of(sealed.storage, volume, 1000);
    try (Vault vault = sealed.writer();
        VaultRepair repair = vault.repair(true, true, bench.context, read -> {})) {
      assertThat(repair.plan().isNeeded()).as("with a writer key").isFalse();
    }
    bend(volume, -3);
    assertThat(repair(true).losesData()).isTrue();
    requireRest();
  }

  @Test
  void withoutTheKeyOfItsWriterNothingIsDone() throws IOException {
    bend(sealed.paths("volumes").get(0), -3);
    for (String path : sealed.paths("keys")) {
      sealed.storage.delete(path);
    }
    Map<String, Integer> before = all();
    assertThatThrownBy(() -> repair(false))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("keys/writers/");
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void oneStoppedAtAnyOperationGoesOn() throws IOException {
    for (String volume : sealed.paths("volumes")) {
      bend(volume, -3);
    }
    int stops = 0;
    boolean whole = false;
    for (long after = 0; !whole; after += 1 + after / 6) {
      StoppingStorage stopping = new StoppingStorage(sealed.storage, after);
      Throwable failed =
          catchThrowable(() -> repair(Vault.open(stopping, KeyRing.of(sealed.identity)), false));
      whole = failed == null && !stopping.stopped();
      stops += whole ? 0 : 1;
      for (String lock : sealed.paths("locks")) {
        sealed.storage.delete(lock); // of the process that is gone
      }
      try (Vault vault = sealed.reader()) {
        List<Manifest> now = vault.snapshots();
        assertThat(now.size()).isBetween(2, 4);
        for (Manifest manifest : now) {
          assertThat(bench.read(vault, manifest))
              .as("stopped after %d", after)
              .isEqualTo(rows.get(0));
        }
      }
    }
    assertThat(stops).isGreaterThan(15);
    requireEverything();
    requireBackupsGoOn();
  }
}
