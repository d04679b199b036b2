package dev.godwit.vault.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.Vault;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.DatasetLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListWriter;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.list.ReferenceLine;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.prune.VolumeFiles.VolumeFile;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.Orders;
import dev.godwit.vault.testing.SealedVault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What snapshots of very many blocks need, in bounded memory ({@code -Dgodwit.live.blocks}, 100,000
 * if not given). A list that they share is read once.
 */
class LiveBlocksTest {
  private static final int BLOCKS = Integer.getInteger("godwit.live.blocks", 100_000);
  private static final int OF_A_LIST = 5000;
  private static final int OF_A_VOLUME = 500;
  private static final int SNAPSHOTS = 20;
  private static final int LENGTH = 1000;

  @TempDir Path folder;

  @Test
  void sharedListsAreReadOnceAndBlocksCountedOnce() throws IOException {
    VaultFiles files = VaultFiles.plain(new LocalFolder(folder));
    readOnce(files, 1, (lists, number) -> manifest(number, contents(files, lists, number)).head());
  }

  /** By their references, with a writer key alone. */
  @Test
  void soTheyAreInAnEncryptedVault() throws IOException {
    Storage storage = new LocalFolder(folder);
    SealedVault sealed = new SealedVault(storage, keys -> Vault.create(storage, Optional.of(keys)));
    VaultFiles files = sealed.files();
    readOnce(
        files,
        2,
        (lists, number) ->
            sealedHead(
                manifest(number, contents(files, List.of(), 0)).head(),
                references(files, lists, number)));
  }

  /** Makes the head of a snapshot of these lists. */
  private interface Heads {
    SnapshotHead of(List<String> lists, int number);
  }

  private static void readOnce(VaultFiles vault, int firstLists, Heads heads) throws IOException {
    Storage storage = vault.storage();
    List<VolumeId> volumes = new ArrayList<>();
    for (int i = 0; i < BLOCKS / OF_A_VOLUME; i++) {
      volumes.add(VolumeId.random());
      storage.replace(Layout.volume(volumes.get(i)), new byte[1]);
    }
    List<String> lists = new ArrayList<>();
    for (int first = 0; first < BLOCKS; first += OF_A_LIST) {
      lists.add(list(vault, volumes, first));
    }
    List<SnapshotHead> snapshots = new ArrayList<>();
    for (int i = 0; i < SNAPSHOTS; i++) {
      snapshots.add(heads.of(lists, i));
    }
    Set<String> opened = new HashSet<>();
    List<String> twice = new ArrayList<>();
    Storage counted =
        MeddlingStorage.of(
            storage,
            (operation, path) -> {
              if (operation.equals("read") && path.startsWith("lists/") && !opened.add(path)) {
                twice.add(path);
              }
            });
    Cancellation cancellation = new Cancellation();
    VolumeFiles files = VolumeFiles.list(storage, cancellation);
    long begun = System.nanoTime();
    VaultFiles looked = new VaultFiles(counted, vault.vaultId(), vault.keys());
    try (LiveBlocks live = new LiveBlocks(looked, files, new MovedBlocks(looked), cancellation)) {
      snapshots.forEach(live::add);
      assertThat(opened).hasSize(lists.size() + SNAPSHOTS * firstLists);
      assertThat(twice).isEmpty();
      for (int i = 0; i < files.count(); i++) {
        VolumeFile file = files.file(i);
        assertThat(live.blocks(i)).as("%s", file).isEqualTo(OF_A_VOLUME);
        assertThat(live.bytes(i)).isEqualTo((long) OF_A_VOLUME * LENGTH);
      }
      lists.forEach(list -> assertThat(live.needsList(list)).isTrue());
      assertThat(live.needsList("0".repeat(64))).isFalse();
    }
    System.out.printf("%d blocks in %d ms%n", BLOCKS, (System.nanoTime() - begun) / 1_000_000);
  }

  private static String list(VaultFiles files, List<VolumeId> volumes, int first) {
    try (ListWriter list = new ListWriter(files.begin("shop"), ListKind.BLOCKS)) {
      for (int i = first; i < first + OF_A_LIST; i++) {
        list.add(line(volumes, i));
      }
      return list.commit();
    }
  }

  private static BlockLine line(List<VolumeId> volumes, int number) {
    return new BlockLine(
        String.format("%064x", number),
        volumes.get(number / OF_A_VOLUME).toString(),
        (long) (number % OF_A_VOLUME) * LENGTH,
        LENGTH,
        4000,
        10,
        "batch",
        null,
        "00000000");
  }

  /** All lists, in an order of its own. */
  private static String contents(VaultFiles files, List<String> lists, int number) {
    try (ListWriter contents = new ListWriter(files.begin("shop"), ListKind.CONTENTS)) {
      DatasetLine dataset = DatasetLine.of(Orders.dataset("shop.public.orders"));
      contents.add(new ContentsLine(dataset, 0L, 0L, lists.size(), null));
      for (int i = 0; i < lists.size(); i++) {
        String list = lists.get((i + number) % lists.size());
        contents.add(
            new ContentsLine(
                null,
                null,
                null,
                null,
                new PartitionLine(i, "page", null, null, 0, 0, OF_A_LIST, null, list)));
      }
      return contents.commit();
    }
  }

  /** The same as references. */
  private static String references(VaultFiles files, List<String> lists, int number) {
    try (ListWriter references = new ListWriter(files.begin("shop"), ListKind.REFERENCES)) {
      for (int i = 0; i < lists.size(); i++) {
        references.add(new ReferenceLine(lists.get((i + number) % lists.size()), null));
      }
      return references.commit();
    }
  }

  private static SnapshotHead sealedHead(SnapshotHead head, String references) {
    return new SnapshotHead(
        head.id(),
        head.source(),
        head.scope(),
        head.started(),
        head.finished(),
        head.complete(),
        head.tags(),
        head.contents(),
        head.objects(),
        Optional.of(references),
        head.copiedFrom(),
        head.writer());
  }

  private static Manifest manifest(int number, String contents) {
    return new Manifest(
        String.format("%016x", number),
        "FULL",
        new Source("shop", "shop", "memory://shop"),
        new StoreInfo("memory", "1", "m-1"),
        "",
        true,
        List.of(),
        new ConsistencyPoint(ConsistencyPoint.Guarantee.SNAPSHOT, "1"),
        Instant.EPOCH,
        Instant.EPOCH,
        List.of(),
        new Manifest.Totals(1, 0, 0, 0, 0),
        new TreeMap<>(),
        contents,
        Optional.empty(),
        "test",
        Optional.empty());
  }
}
