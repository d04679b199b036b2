package dev.godwit.vault.archive;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeKeys;
import dev.godwit.vault.volume.VolumeSeal;
import dev.godwit.vault.volume.VolumeTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the frames of an encrypted snapshot need around them: the keys that stand in the header of
 * the volume that holds them now. Each volume is looked at once, and proven to be of the domain
 * that the new one will be of: else whoever puts frames together would vouch for those that another
 * writer made up.
 */
final class SealedFrameForms implements FrameForms {
  private final VaultFiles files;
  private final Storage storage;
  private final WriterKeys writer;
  private final Domain domain;
  private final MovedBlocks moved;
  private final Map<VolumeId, VolumeSeal> byVolume = new HashMap<>();
  private final Map<String, VolumeSeal> byKeys = new HashMap<>();

  /**
   * For blocks of one domain.
   *
   * @param writer whose domain it is
   */
  SealedFrameForms(VaultFiles files, WriterKeys writer, Domain domain) {
    this.files = files;
    this.storage = files.storage();
    this.writer = writer;
    this.domain = domain;
    this.moved = new MovedBlocks(files);
  }

  @Override
  public VolumeSeal of(BlockRef block) {
    BlockRef at = moved.known(block);
    while (true) {
      VolumeSeal known = byVolume.get(at.volume());
      if (known != null) {
        return known;
      }
      String path = Layout.volume(at.volume());
      try {
        VolumeSeal form = look(at.volume(), storage.stat(path).size());
        byVolume.put(at.volume(), form);
        return form;
      } catch (NoSuchFileException e) {
        Optional<BlockRef> next = moved.find(at);
        at = next.orElseThrow(() -> StorageFailure.reading(storage, path, e));
      } catch (IOException e) {
        throw StorageFailure.reading(storage, path, e);
      } catch (DamagedBlockException e) {
        throw StorageFailure.damaged(storage, path, e.getMessage(), e);
      }
    }
  }

  private VolumeSeal look(VolumeId volume, long size) throws IOException, DamagedBlockException {
    if (!VolumeTable.read(files, volume, size).isOf(domain)) {
      throw new DamagedBlockException("is of another writer than the snapshot that refers to it");
    }
    List<byte[]> keys = VolumeKeys.read(files, volume);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    keys.forEach(all::writeBytes);
    return byKeys.computeIfAbsent(
        Hash.of(all.toByteArray()),
        same -> VolumeSeal.ofSealedFrames(files.vaultId(), writer, domain, keys));
  }
}
