package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.index.KnownBlocks;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.NearManifests;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.FarStorage;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.volume.SealedVolume;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over a network each answer takes its time: many small things are asked for at once, few twice.
 */
class FarAwayTest {
  private static final Duration AWAY = Duration.ofMillis(20);
  @TempDir Path caches;

  @Test
  void manyThingsAreDoneAtOnceInOrder() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Integer> all = IntStream.range(0, 200).boxed().toList();
    FarStorage far = new FarStorage(new MemoryStorage(), AWAY);
    List<Integer> done =
        SeveralAtOnce.of(
            far,
            all,
            i -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              try {
                boolean unused = Vault.existsIn(far);
                return -i;
              } finally {
                running.decrementAndGet();
              }
            });
    assertThat(done).isEqualTo(all.stream().map(i -> -i).toList());
    assertThat(most).hasValueGreaterThan(1).hasValueLessThanOrEqualTo(32);
    assertThatThrownBy(
            () ->
                SeveralAtOnce.of(
                    far,
                    all,
                    i -> {
                      if (i >= 3) {
                        throw new IllegalArgumentException("no " + i);
                      }
                      return i;
                    }))
        .hasMessage("no 3");
  }

  @Test
  void volumesAreLookedAtTogether() throws Exception {
    int volumes = 320;
    CyclicBarrier together = new CyclicBarrier(16);
    MemoryStorage storage = new MemoryStorage();
    Storage answersManyAtOnce =
        MeddlingStorage.of(
            storage,
            (operation, path) -> {
              if (operation.equals("stat")) {
                together.await(5, TimeUnit.MINUTES);
              }
            });
    FarStorage far = new FarStorage(answersManyAtOnce, Duration.ZERO);
    KnownBlocks known =
        new KnownBlocks(far, BlockIndex.open(VaultFiles.plain(far).begin("shop"), warning -> {}));
    List<VolumeId> ids = Stream.generate(VolumeId::random).limit(volumes).toList();
    for (VolumeId id : ids) {
      storage.createIfAbsent(Layout.volume(id), new byte[7]);
      known.sealed(new SealedVolume(id, 7, List.of()));
    }
    storage.delete(Layout.volume(ids.get(5)));
    far.asked.set(0);
    assertThat(known.vanished()).containsExactly(ids.get(5));
    assertThat(far.asked).hasValue(volumes);
  }

  @Test
  void aManifestIsReadFromAfarOnce() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage)) {
      for (int i = 0; i < 3; i++) {
        bench.backUp(vault, "shop.public.orders", 1, 10);
      }
      FarStorage far = new FarStorage(storage, Duration.ZERO);
      Map<String, String> environment = Map.of("XDG_CACHE_HOME", caches.toString());
      Storage near = NearManifests.over(far, vault.id(), environment);
      List<Manifest> all = vault.snapshots();
      assertThat(new Snapshots(VaultFiles.plain(near)).all()).isEqualTo(all);
      assertThat(far.asked.getAndSet(0)).isEqualTo(1 + 3);
      assertThat(new Snapshots(VaultFiles.plain(near)).all()).isEqualTo(all);
      assertThat(far.asked.getAndSet(0)).isEqualTo(1);

      // What lies here is believed only while it is whole, and forgotten with the snapshot.
      Path folder = caches.resolve("godwit").resolve(vault.id());
      List<Path> kept = files(folder);
      assertThat(kept).hasSize(3);
      Files.writeString(kept.get(0), "{}", StandardCharsets.UTF_8);
      assertThat(new Snapshots(VaultFiles.plain(near)).all()).isEqualTo(all);
      assertThat(far.asked.getAndSet(0)).isEqualTo(2);
      storage.delete("snapshots/" + kept.get(1).getFileName());
      assertThat(new Snapshots(VaultFiles.plain(near)).all()).hasSize(2);
      assertThat(files(folder)).containsExactly(kept.get(0), kept.get(2));

      // Where nobody may write, nothing of this stands in the way.
      Path file = Files.createFile(caches.resolve("file"));
      Map<String, String> unwritable = Map.of("XDG_CACHE_HOME", file.toString());
      assertThat(
              new Snapshots(VaultFiles.plain(NearManifests.over(far, vault.id(), unwritable)))
                  .all())
          .hasSize(2);
      assertThat(NearManifests.over(far, vault.id(), Map.of())).isSameAs(far);
      assertThat(NearManifests.over(storage, vault.id(), environment)).isSameAs(storage);
    }
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
