package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The tables of volumes, the last used of them in memory: 16 MiB. Safe for many threads. */
final class VolumeTables {
  private static final long MOST = 16 << 20;

  private final VaultFiles files;
  private final LinkedHashMap<VolumeId, VolumeTable> held = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  VolumeTables(VaultFiles files) {
    this.files = files;
  }

  /** The table of a volume that was found whole. */
  synchronized VolumeTable of(VolumeId id) {
    VolumeTable table = held.get(id);
    if (table == null) {
      table = read(id);
      keep(table);
    }
    return table;
  }

  /** As {@link #of}; nothing where the volume was removed since. */
  Optional<VolumeTable> unlessGone(VolumeId id) {
    try {
      return Optional.of(of(id));
    } catch (GodwitException e) {
      if (StorageFailure.isOfMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Takes a table that was read, so that it is not read again while it is among the last used. */
  synchronized void keep(VolumeTable table) {
    VolumeTable before = held.put(table.id(), table);
    weight += table.weight() - (before == null ? 0 : before.weight());
    Iterator<VolumeTable> oldest = held.values().iterator();
    while (weight > MOST && held.size() > 1) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }

  private VolumeTable read(VolumeId id) {
    String path = Layout.volume(id);
    try {
      return VolumeTable.read(files, id, files.storage().stat(path).size());
    } catch (IOException e) {
      throw StorageFailure.reading(files.storage(), path, e);
    } catch (DamagedBlockException e) {
      throw StorageFailure.damaged(files.storage(), path, e.getMessage(), e);
    }
  }
}
