package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A whole volume, as one writer seals it, that names blocks of another. */
public final class ForgedVolume {
  private ForgedVolume() {}

  /** Stores it; returns what it pretends to hold. */
  public static List<BlockRef> naming(VaultRun run, VolumeTable blocks)
      throws IOException, DamagedBlockException {
    VolumeSeal seal = VolumeSeal.of(run);
    VolumeId id = VolumeId.random();
    ByteBuffer file = ByteBuffer.allocate(1 << 20);
    file.put(seal.header(id));
    List<BlockRef> refs = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      BlockRef block = blocks.block(i);
      refs.add(
          new BlockRef(block.id(), id, file.position(), 100, 4096, 10, block.kind(), block.crc()));
      file.position(file.position() + 100);
    }
    file.put(seal.footer(id, refs, file.position()));
    byte[] bytes = new byte[file.flip().remaining()];
    file.get(bytes);
    run.storage().createIfAbsent(Layout.volume(id), bytes);
    return refs;
  }

  /** The same volume as another writer would seal it, its frames as they are. */
  public static byte[] resealed(VaultRun run, byte[] volume, VolumeTable table)
      throws DamagedBlockException {
    VolumeSeal seal = VolumeSeal.of(run);
    List<BlockRef> blocks = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      blocks.add(table.block(i));
    }
    ByteBuffer file = ByteBuffer.allocate(volume.length);
    file.put(seal.header(table.id()));
    file.put(volume, file.position(), (int) table.footerAt() - file.position());
    return file.put(seal.footer(table.id(), blocks, table.footerAt())).array();
  }
}
