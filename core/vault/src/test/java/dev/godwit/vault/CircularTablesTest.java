package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.moved.MovedTable;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.repair.RepairPlan;
import dev.godwit.vault.repair.VaultRepair;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import dev.godwit.vault.volume.VolumeTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody put tables of moved blocks into the vault that lead in a circle: everything ends. */
@Timeout(600)
class CircularTablesTest {
  private final MemoryStorage storage = new MemoryStorage();
  private final Bench bench = new Bench();
  private Vault vault;
  private Manifest whole;
  private Manifest hit;

  /** One snapshot lies in volumes that lead in circles of one to four; another is apart. */
  @BeforeEach
  void make() throws Exception {
    vault = Vault.create(storage, new VolumeLimits(16 << 10, 100));
    whole = bench.backUp(vault, "shop.public.others", 2, 300);
    List<String> apart = volumes();
    hit = backUp();
    List<String> meant = new ArrayList<>(volumes());
    meant.removeAll(apart);
    assertThat(meant).isNotEmpty();
    VaultFiles files = new VaultFiles(storage, vault.id(), vault.keys());
    for (int i = 0; i < meant.size(); i++) {
      lead(files, meant.get(i), 1 + i % 4);
    }
  }

  private Manifest backUp() {
    try (SnapshotWriter writer = vault.write(Bench.draft("store"), bench.context)) {
      bench.writeFrom(writer, "shop.public.orders", 50_000, 4, 2, 1000);
      return Bench.seal(writer);
    }
  }

  private List<String> volumes() {
    return storage.list(Layout.VOLUMES).map(StoredFile::path).toList();
  }

  /** Takes a volume away, and leads from it over so many others back to it. */
  private void lead(VaultFiles files, String path, int others) throws Exception {
    VolumeId first = Layout.volumeAt(path).orElseThrow();
    VolumeTable table = VolumeTable.read(files, first, storage.stat(path).size());
    storage.delete(path);
    List<VolumeId> circle = new ArrayList<>(List.of(first));
    for (int i = 1; i < others; i++) {
      circle.add(VolumeId.random());
    }
    for (int i = 0; i < circle.size(); i++) {
      VolumeId next = circle.get((i + 1) % circle.size());
      List<MovedTable.Move> moves = new ArrayList<>();
      for (int b = 0; b < table.size(); b++) {
        BlockRef ref = table.block(b);
        moves.add(new MovedTable.Move(ref.offset(), ref.at(next, ref.offset())));
      }
      MovedBlocks.write(files, circle.get(i), MovedTable.of(circle.get(i), moves));
    }
  }

  @Test
  void aRepairEndsAndKeepsWhatIsWhole() {
    try (VaultRepair repair = vault.repair(true, false, bench.context, read -> {})) {
      repair.rebuildIndex();
      RepairPlan plan = repair.plan();
      assertThat(plan.losesData()).isTrue();
      repair.mend(plan);
    }
    assertThat(vault.snapshots()).contains(whole).doesNotContain(hit);
    assertThat(bench.read(vault, whole)).hasSize(2 * 2 * 300);
    assertThat(bench.check(vault, true).damages()).isEmpty();
  }

  @Test
  void aCheckNamesThem() {
    assertThat(bench.check(vault, true).damages())
        .anyMatch(damage -> damage.what().contains("circle"))
        .allMatch(d -> d.hits().stream().allMatch(h -> h.startsWith(hit.id())));
  }

  @Test
  void readingAndPruningEndInOneLine() {
    assertThatThrownBy(() -> bench.read(vault, hit))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED));
    List<String> before = volumes();
    assertThatThrownBy(() -> PruneBench.prune(vault, bench, 1))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED));
    assertThat(volumes()).isEqualTo(before);
  }
}
