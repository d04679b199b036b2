package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.repair.Finding;
import dev.godwit.vault.repair.RepairPlan;
import dev.godwit.vault.repair.VaultRepair;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.Stopping;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is whole is kept, what is gone is taken out, and nothing else. */
class RepairTest {
  @TempDir Path folder;
  private final Bench bench = new Bench();
  private Vault vault;
  private final List<Manifest> made = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  @BeforeEach
  void backUp() {
    vault = Vault.create(new LocalFolder(folder), new VolumeLimits(16 << 10, 100));
    for (int i = 0; i < 2; i++) {
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, "shop.public.orders", 8, 1000);
        bench.write(writer, "shop.public.many", 2, 12, 301);
        bench.write(writer, "shop.public.small" + i, 1, 1, 7 + i);
        made.add(Bench.seal(writer));
      }
    }
    made.forEach(manifest -> rows.add(bench.read(vault, manifest)));
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(below))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Map<String, Long> all() throws IOException {
    Map<String, Long> all = new TreeMap<>();
    for (Path file : files("")) {
      all.put(folder.relativize(file).toString(), Files.size(file));
    }
    return all;
  }

  private static void bend(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    Files.write(file, bytes);
  }

  private static Set<String> ids(List<Manifest> snapshots) {
    return snapshots.stream().map(Manifest::id).collect(Collectors.toSet());
  }

  private RepairPlan repair(Vault of, boolean readData) {
    try (VaultRepair repair = of.repair(readData, false, bench.context, read -> {})) {
      repair.rebuildIndex();
      RepairPlan plan = repair.plan();
      repair.mend(plan);
      return plan;
    }
  }

  private void requireSound() {
    CheckReport report = bench.check(vault, true);
    assertThat(report.damages()).isEmpty();
    assertThat(report.remarks()).noneMatch(r -> r.contains("index"));
  }

  private void requireEverything() {
    List<Manifest> now = vault.snapshots();
    assertThat(now).hasSameSizeAs(made);
    for (int i = 0; i < made.size(); i++) {
      assertThat(bench.read(vault, now.get(i))).isEqualTo(rows.get(i));
      assertThat(now.get(i).complete()).isTrue();
      assertThat(now.get(i).finished()).isEqualTo(made.get(i).finished());
    }
  }

  @Test
  void aSoundVaultIsLeftAsItIs() throws IOException {
    Map<String, Long> before = all();
    RepairPlan plan = repair(vault, true);
    assertThat(plan.isNeeded()).isFalse();
    assertThat(plan.losesData()).isFalse();
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void theIndexIsMadeAnew() throws IOException {
    bend(files("index").get(0), 60);
    RepairPlan plan = repair(vault, false);
    assertThat(plan.isNeeded()).isFalse();
    requireSound();
    assertThat(vault.snapshots()).isEqualTo(made);
    assertThat(plan.index().uncovered()).isEmpty();
  }

  /** A backup would find every volume by itself, but nobody who asks may hear of a sound index. */
  @Test
  void anIndexThatIsGoneIsToldAndMadeAnew() throws IOException {
    for (Path segment : files("index")) {
      Files.delete(segment);
    }
    List<String> volumes =
        files("volumes").stream().map(file -> folder.relativize(file).toString()).toList();
    try (VaultRepair dry = vault.repair(false, true, bench.context, read -> {})) {
      assertThat(dry.plan().index().uncovered()).hasSameElementsAs(volumes);
    }
    try (VaultRepair repair = vault.repair(false, false, bench.context, read -> {})) {
      assertThat(repair.rebuildIndex().uncovered()).hasSameElementsAs(volumes);
      assertThat(repair.plan().index().uncovered()).isEmpty();
    }
    requireSound();
  }

  @Test
  void aBentFooterCostsNothing() throws IOException {
    for (Path volume : files("volumes")) {
      bend(volume, -3);
    }
    assertThat(bench.check(vault, false).damages()).isNotEmpty();
    RepairPlan plan = repair(vault, false);
    assertThat(plan.losesData()).isFalse();
    requireSound();
    requireEverything();
  }

  /** It looked into the index before the repair, and seals its snapshot right after. */
  @Test
  void whatABackupReliesOnThatBeganMeanwhileStays() throws IOException {
    for (Path volume : files("volumes")) {
      bend(volume, -3);
    }
    Manifest beside;
    try (VaultRepair repair = vault.repair(false, false, bench.context, read -> {})) {
      RepairPlan plan = repair.plan();
      Storage mended =
          MeddlingStorage.of(
              new LocalFolder(folder),
              (operation, path) -> {
                if (operation.equals("createIfAbsent") && path.startsWith("snapshots/")) {
                  repair.mend(plan);
                }
              });
      try (Vault same = Vault.open(mended);
          SnapshotWriter writer = same.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, "shop.public.orders", 8, 1000);
        beside = Bench.seal(writer);
      }
    }
    assertThat(bench.read(vault, beside)).hasSize(16_000);
    repair(vault, false);
    requireSound();
    assertThat(vault.snapshots()).hasSize(3);
  }

  @Test
  void aBentBlockCostsItsDatasetAndNothingElse() throws IOException {
    bend(files("volumes").get(0), 100);
    assertThat(repair(vault, false).isNeeded()).as("without reading").isFalse();
    RepairPlan plan = repair(vault, true);
    assertThat(plan.losesData()).isTrue();
    requireSound();
    List<Manifest> now = vault.snapshots();
    for (int i = 0; i < now.size(); i++) {
      Manifest left = now.get(i);
      assertThat(rows.get(i)).containsAll(bench.read(vault, left));
      if (!left.complete()) {
        assertThat(left.leftOut()).hasSize(1);
        assertThat(left.leftOut().get(0).reason()).startsWith("lost: the block at 40 in volumes/");
        assertThat(left.totals().datasets()).isEqualTo(2);
      }
    }
    assertThat(now).anyMatch(manifest -> !manifest.complete());
    assertThat(bench.backUp(vault, "shop.public.orders", 8, 1000).complete()).isTrue();
    requireSound();
  }

  @Test
  void whatWasStoredAgainHealsWhatWasLost() throws IOException {
    List<Path> before = files("volumes");
    for (Path volume : before.subList(0, 2)) {
      Files.delete(volume);
    }
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, "shop.public.orders", 8, 1000);
      bench.write(writer, "shop.public.many", 2, 12, 301);
      bench.write(writer, "shop.public.small0", 1, 1, 7);
      bench.write(writer, "shop.public.small1", 1, 1, 8);
      made.add(Bench.seal(writer));
      rows.add(bench.read(vault, made.get(2)));
    }
    assertThat(repair(vault, false).losesData()).isFalse();
    requireSound();
    requireEverything();
  }

  /** A mended snapshot has another id, and is the one that somebody wanted kept. */
  @Test
  void aSnapshotThatIsPinnedStaysPinnedWhenItIsMended() throws IOException {
    made.forEach(manifest -> vault.pins().pin(manifest.id()));
    Set<String> before = vault.pins().all();
    Files.delete(files("volumes").get(1)); // which of the two needs it is left to chance
    assertThat(repair(vault, false).losesData()).isTrue();
    assertThat(vault.snapshots())
        .extracting(Manifest::finished)
        .isEqualTo(made.stream().map(Manifest::finished).toList());
    assertThat(vault.pins().all()).isEqualTo(ids(vault.snapshots())).isNotEqualTo(before);
  }

  @Test
  void aMissingVolumeCostsOnlyWhatWasInIt() throws IOException {
    Files.delete(files("volumes").get(1));
    RepairPlan plan = repair(vault, false);
    assertThat(plan.losesData()).isTrue();
    requireSound();
    for (Manifest left : vault.snapshots()) {
      assertThat(bench.read(vault, left)).isNotEmpty();
    }
  }

  @Test
  void aBentManifestIsTakenOutAndTheOthersStay() throws IOException {
    bend(files("snapshots").get(0), 200);
    RepairPlan plan = repair(vault, false);
    assertThat(plan.findings()).singleElement().isInstanceOf(Finding.Gone.class);
    assertThat(plan.findings().get(0).id()).isEqualTo(made.get(0).id());
    assertThat(vault.snapshots()).containsExactly(made.get(1));
    requireSound();
  }

  @Test
  void bentListsCostWhatTheyList() throws IOException {
    for (Path list : files("lists")) {
      bend(list, 20);
    }
    RepairPlan plan = repair(vault, true);
    assertThat(plan.findings()).hasSize(2).allMatch(f -> f instanceof Finding.Gone);
    assertThat(vault.snapshots()).isEmpty();
    requireSound();
    assertThat(files("lists")).isEmpty();
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    bend(files("index").get(0), 60);
    bend(files("volumes").get(0), -3);
    bend(files("snapshots").get(0), 200);
    Map<String, Long> before = all();
    try (VaultRepair repair = vault.repair(true, true, bench.context, read -> {})) {
      RepairPlan plan = repair.plan();
      assertThat(plan.index().segments()).hasSize(1);
      assertThat(plan.volumes()).hasSize(1);
      assertThat(plan.losesData()).isTrue();
    }
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void aRepairWaitsForNobodyAndHindersNobody() {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      assertThat(writer).isNotNull();
      assertThatThrownBy(() -> repair(vault, false))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCKED));
    }
    assertThat(repair(vault, false).isNeeded()).isFalse();
  }

  @Test
  void aRepairThatStopsAnywhereGoesOn() throws IOException {
    vault.pins().pin(made.get(0).id());
    List<Path> volumes = files("volumes");
    for (Path volume : volumes) {
      bend(volume, -3);
    }
    Files.write(volumes.get(0), Arrays.copyOf(Files.readAllBytes(volumes.get(0)), 900));
    int stopped = 0;
    boolean whole = false;
    List<List<String>> least = new ArrayList<>();
    for (int writes = 1; !whole; writes++) {
      Storage storage = Stopping.after(writes, new LocalFolder(folder));
      try (Vault stopping = Vault.open(storage)) {
        repair(stopping, false);
        whole = true;
      } catch (GodwitException e) {
        stopped++;
        for (Path lock : files("locks")) {
          Files.delete(lock); // as the next run does, once the process of a lock is gone
        }
      }
      List<List<String>> now = new ArrayList<>();
      for (Manifest manifest : vault.snapshots()) {
        try {
          now.add(bench.read(vault, manifest));
        } catch (GodwitException e) {
          assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED);
        }
      }
      assertThat(now).as("after %d writes", writes).containsAll(least);
      least = now;
      assertThat(vault.snapshots())
          .as("after %d writes", writes)
          .filteredOn(manifest -> manifest.finished().equals(made.get(0).finished()))
          .anyMatch(manifest -> vault.pins().all().contains(manifest.id()));
    }
    assertThat(stopped).isGreaterThan(10);
    assertThat(least).isNotEmpty();
    requireSound();
    // A repair that stopped between a pin and its manifest may have left the pin of none.
    assertThat(vault.snapshots())
        .hasSize(2)
        .filteredOn(manifest -> vault.pins().all().contains(manifest.id()))
        .singleElement()
        .extracting(Manifest::finished)
        .isEqualTo(made.get(0).finished());
  }
}
