package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.InstalledProgram;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rsync} copies a vault, also while a backup runs, and the copy is a vault. */
class RsyncTest {
  private static final String ORDERS = "shop.public.orders";
  private static InstalledProgram rsync;

  @TempDir Path folder;
  private final Bench bench = new Bench();
  private Path from;
  private Path to;
  private Vault vault;
  private Manifest first;

  @BeforeAll
  static void find() {
    rsync = InstalledProgram.require("rsync", Map.of());
  }

  @BeforeEach
  void make() {
    from = folder.resolve("from");
    to = folder.resolve("to");
    vault = Vault.create(new LocalFolder(from), new VolumeLimits(16 << 10, 100));
    first = bench.backUp(vault, ORDERS, 8, 1000);
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  private void copy(String... options) throws Exception {
    // What lies in work/ is given its place while rsync walks, which it would end with 24 for.
    List<String> arguments = new ArrayList<>(List.of("-a", "--exclude=/work/"));
    arguments.addAll(List.of(options));
    arguments.add(from + "/");
    arguments.add(to.toString());
    rsync.run(arguments.toArray(String[]::new));
  }

  private CheckReport check() {
    try (Vault copy = Vault.open(new LocalFolder(to))) {
      return bench.check(copy, true);
    }
  }

  @Test
  void aCopyWhileABackupRunsHoldsWhatWasSealedAndTheNextTheRest() throws Exception {
    Manifest second;
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 50_000, 4, 2, 1000);
      copy();
      assertThat(check().damages()).isEmpty();
      second = Bench.seal(writer);
    }
    copy();
    try (Vault copy = Vault.open(new LocalFolder(to))) {
      assertThat(copy.snapshots()).containsExactly(first, second);
      assertThat(bench.check(copy, true).damages()).isEmpty();
      assertThat(bench.read(copy, second)).isEqualTo(bench.read(vault, second));
    }
  }

  /** It may take up a manifest, and have passed by where the volumes are. */
  @Test
  void aManifestThatCameBeforeItsVolumesIsToldAndMended() throws Exception {
    copy();
    Manifest second;
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 50_000, 4, 2, 1000);
      second = Bench.seal(writer);
    }
    copy("--exclude=/volumes/");
    assertThat(check().damages())
        .isNotEmpty()
        .allSatisfy(
            damage ->
                assertThat(damage.hits())
                    .isNotEmpty()
                    .allMatch(hit -> hit.startsWith(second.id()), "only of the later snapshot"));
    copy();
    assertThat(check().damages()).isEmpty();
  }

  @Test
  void backupsAndPrunesGoOnInTheCopy() throws Exception {
    copy();
    try (Vault copy = Vault.open(new LocalFolder(to))) {
      assertThat(bench.backUp(copy, ORDERS, 8, 1000).totals().newBytes()).isZero();
      Manifest last;
      try (SnapshotWriter writer = copy.write(Bench.draft("shop"), bench.context)) {
        bench.writeFrom(writer, ORDERS, 50_000, 4, 2, 1000);
        last = Bench.seal(writer);
      }
      long before = PruneBench.bytes(to, "volumes");
      assertThat(PruneBench.prune(copy, bench, 1).removed().files()).isPositive();
      assertThat(PruneBench.bytes(to, "volumes")).isLessThan(before);
      assertThat(copy.snapshots()).containsExactly(last);
      assertThat(bench.read(copy, last)).hasSize(8000);
      assertThat(bench.check(copy, true).damages()).isEmpty();
    }
    assertThat(bench.check(vault, true).damages()).as("the vault it was copied from").isEmpty();
  }

  /** As a mirror is kept: what was pruned goes there too. */
  @Test
  void aMirrorFollowsAPrune() throws Exception {
    copy();
    Manifest last = bench.backUp(vault, "shop.public.other", 3, 700);
    PruneBench.prune(vault, bench, 1);
    copy("--delete");
    List<String> here = PruneBench.files(from, "volumes");
    assertThat(PruneBench.files(to, "volumes")).isEqualTo(here);
    assertThat(Files.exists(to.resolve("vault.json"))).isTrue();
    try (Vault copy = Vault.open(new LocalFolder(to))) {
      assertThat(copy.snapshots()).containsExactly(last);
      assertThat(bench.check(copy, true).damages()).isEmpty();
    }
  }
}
