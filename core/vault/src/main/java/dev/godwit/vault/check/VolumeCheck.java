package dev.godwit.vault.check;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.BlockBuffer;
import dev.godwit.vault.block.BlockOpener;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at volumes: header, footer, that the blocks cover all that lies between, and with {@code
 * readData} every byte of every block. Remembers what is broken, so that snapshots can be held
 * against it. Safe for use by many threads.
 */
final class VolumeCheck {
  private final Storage storage;
  private final boolean readData;
  private final PluginContext context;
  private final Findings findings;
  private final Set<VolumeId> seen = ConcurrentHashMap.newKeySet();
  private final Set<VolumeId> whole = ConcurrentHashMap.newKeySet();
  private final Map<VolumeId, Set<Long>> brokenBlocks = new ConcurrentHashMap<>();

  VolumeCheck(Storage storage, boolean readData, PluginContext context, Findings findings) {
    this.storage = storage;
    this.readData = readData;
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
      VolumeTable table = VolumeTable.read(storage, id, file.size());
      requireCovered(table);
      findings.blocks(table.size());
      whole.add(id);
      if (readData) {
        readBlocks(table);
        findings.read(file.size() - (table.footerAt() - table.firstOffset()));
      }
    } catch (NoSuchFileException e) {
      findings.remark(file.path() + " was removed while the vault was checked");
    } catch (IOException e) {
      throw StorageFailure.reading(storage, file.path(), e);
    } catch (DamagedBlockException e) {
      findings.damage(file.path(), e.getMessage());
    }
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

  private void readBlocks(VolumeTable table) throws IOException, DamagedBlockException {
    String path = Layout.volume(table.id());
    try (BlockBuffer stored = new BlockBuffer(context.allocator());
        BlockBuffer raw = new BlockBuffer(context.allocator());
        BlockOpener opener = new BlockOpener()) {
      for (int i = 0; i < table.size(); i++) {
        context.cancellation().check();
        BlockRef block = table.block(i);
        try {
          stored.atLeast(block.length());
          ByteBuffer frame = stored.view().slice(0, block.length());
          storage.read(path, block.offset(), frame);
          BlockOpener.prove(block, frame.flip());
          opener.open(block, frame, raw);
          opener.proveId(block, raw);
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
