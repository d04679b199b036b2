package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.BlockBuffer;
import dev.godwit.vault.block.BlockIds;
import dev.godwit.vault.block.BlockOpener;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.frame.Frames;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at volumes: header, footer, that the blocks cover all that lies between, and of the volumes
 * that are to be read every byte of every block. Remembers what is broken, so that snapshots can be
 * held against it. Safe for use by many threads.
 */
final class VolumeCheck {
  private final VaultFiles files;
  private final Storage storage;
  private final List<Domain> domains;
  private final DataShare share;
  private final PluginContext context;
  private final Findings findings;
  private final VolumeTables tables;
  private final Set<VolumeId> seen = ConcurrentHashMap.newKeySet();
  private final Set<VolumeId> whole = ConcurrentHashMap.newKeySet();
  private final Map<VolumeId, Set<Long>> brokenBlocks = new ConcurrentHashMap<>();

  /**
   * A check.
   *
   * @param domains whose keys are at hand; none where the vault is not encrypted
   */
  VolumeCheck(
      VaultFiles files,
      DataShare share,
      List<Domain> domains,
      VolumeTables tables,
      PluginContext context,
      Findings findings) {
    this.domains = domains;
    this.files = files;
    this.storage = files.storage();
    this.share = share;
    this.tables = tables;
    this.context = context;
    this.findings = findings;
  }

  /** Looks at one volume. */
  void check(VolumeId id, StoredFile file) {
    if (!seen.add(id)) {
      return;
    }
    findings.volume();
    try {
      VolumeTable table =
          share.holds(id)
              ? VolumeTable.read(files, id, file.size())
              : VolumeTable.readAlone(files, id, file.size());
      requireCovered(table);
      findings.blocks(table.size());
      whole.add(id);
      tables.keep(table);
      if (share.holds(id)) {
        findings.volumeRead();
        readBlocks(table);
        findings.read(file.size() - (table.footerAt() - table.firstOffset()));
      }
    } catch (NoSuchFileException e) {
      removed(file);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, file.path(), e);
    } catch (DamagedBlockException e) {
      findings.damage(file.path(), e.getMessage());
    } catch (GodwitException e) {
      if (!StorageFailure.isOfMissing(e)) {
        throw e;
      }
      removed(file); // when the key of a frame was looked for
    }
  }

  private void removed(StoredFile file) {
    findings.remark(file.path() + " was removed while the vault was checked");
  }

  /** Looks at a volume that came to be while the vault is checked. */
  void checkIfNew(VolumeId id) {
    String path = Layout.volume(id);
    try {
      if (!seen.contains(id)) {
        check(id, storage.stat(path));
      }
    } catch (NoSuchFileException e) {
      // Told where it is needed.
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  private static void requireCovered(VolumeTable table) throws DamagedBlockException {
    long reached = table.firstOffset();
    for (int i = 0; i < table.size(); i++) {
      BlockRef block = table.block(i);
      if (block.offset() != reached || block.length() <= 0) {
        throw new DamagedBlockException("has a footer whose blocks leave gaps");
      }
      reached += block.length();
    }
    if (reached != table.footerAt()) {
      throw new DamagedBlockException("has bytes that belong to no block");
    }
  }

  /**
   * What named the blocks. Where the key of their domain is not at hand, that a frame opens as this
   * block is all that can be proven.
   */
  private Optional<BlockIds> ids(VolumeTable table) {
    return files.writing().isEmpty()
        ? Optional.of(BlockIds.hashes())
        : domains.stream()
            .filter(table::isOf)
            .findFirst()
            .map(domain -> BlockIds.keyed(domain.blockIds()));
  }

  private void readBlocks(VolumeTable table) throws IOException, DamagedBlockException {
    String path = Layout.volume(table.id());
    Optional<BlockIds> ids = ids(table);
    if (ids.isEmpty()) {
      findings.unproven(table.id(), table.size());
    }
    try (BlockBuffer stored = new BlockBuffer(context.allocator());
        BlockBuffer raw = new BlockBuffer(context.allocator());
        BlockOpener opener = new BlockOpener(Frames.opening(files))) {
      for (int i = 0; i < table.size(); i++) {
        context.cancellation().check();
        BlockRef block = table.block(i);
        try {
          stored.atLeast(block.length());
          ByteBuffer frame = stored.view().slice(0, block.length());
          storage.read(path, block.offset(), frame);
          BlockOpener.prove(block, frame.flip());
          int length = opener.open(block, frame, raw);
          if (ids.isPresent()) {
            BlockOpener.proveId(block, raw, length, ids.get());
          }
        } catch (DamagedBlockException e) {
          findings.damage(path, "the block at " + block.offset() + ' ' + e.getMessage());
          brokenBlocks
              .computeIfAbsent(table.id(), id -> ConcurrentHashMap.newKeySet())
              .add(block.offset());
        }
        findings.read(block.length());
      }
    }
  }

  /** Whether the volume is there and its table can be believed. */
  boolean isWhole(VolumeId id) {
    return whole.contains(id);
  }

  /** Whether the block was read and found broken. */
  boolean isBroken(BlockRef ref) {
    Set<Long> offsets = brokenBlocks.get(ref.volume());
    return offsets != null && offsets.contains(ref.offset());
  }
}
