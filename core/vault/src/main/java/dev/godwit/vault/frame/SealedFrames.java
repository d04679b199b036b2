package dev.godwit.vault.frame;

import com.github.luben.zstd.Zstd;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.FrameSource;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.BentSealException;
import dev.godwit.vault.key.DataKey;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.plane.RunKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * Opens frames of an encrypted vault. The key of a run is found by its mark; one that was not met
 * yet stands in the header of the volume that the frame lies in by now.
 */
final class SealedFrames implements FrameSource {
  private static final int OVERHEAD = SealedBlocks.MARK + DataKey.OVERHEAD;

  private final VaultFiles files;
  private final RunKeys keys;
  private ByteBuffer opened = ByteBuffer.allocateDirect(0);

  SealedFrames(VaultFiles files, RunKeys keys) {
    this.files = files;
    this.keys = keys;
  }

  @Override
  public ByteBuffer unseal(BlockRef ref, ByteBuffer stored) throws DamagedBlockException {
    int length = stored.remaining() - OVERHEAD;
    if (length < 0) {
      throw new DamagedBlockException("is too short to be sealed");
    }
    ByteBuffer sealed = stored.slice(); // big-endian
    DataKey key = key(sealed.getLong(), ref);
    if (opened.capacity() < length) {
      opened = ByteBuffer.allocateDirect(length + length / 4);
    }
    try {
      key.decrypt(sealed, ref.id().bytes(), opened.clear());
      return opened.flip();
    } catch (BentSealException e) {
      throw new DamagedBlockException(e.getMessage(), e);
    }
  }

  private DataKey key(long mark, BlockRef ref) throws DamagedBlockException {
    DataKey known = keys.find(mark).orElse(null);
    if (known != null) {
      return known;
    }
    try {
      for (byte[] sealed : keysWhereItLies(ref)) {
        if (RunKeys.mark(sealed) == mark) {
          return keys.open(sealed);
        }
      }
    } catch (BentSealException e) {
      throw new DamagedBlockException("is sealed with a key that " + e.getMessage(), e);
    } catch (IOException e) {
      throw StorageFailure.reading(files.storage(), Layout.volume(ref.volume()), e);
    }
    throw new DamagedBlockException("is sealed with a key that its volume does not name");
  }

  /** A volume that is missing may have been rewritten, and that one again. */
  private List<byte[]> keysWhereItLies(BlockRef ref) throws IOException, DamagedBlockException {
    MovedBlocks moved = new MovedBlocks(files);
    BlockRef at = ref;
    for (int steps = 0; ; steps++) {
      try {
        return VolumeKeys.read(files, at.volume());
      } catch (NoSuchFileException e) {
        at = moved.find(at).orElseThrow(() -> e);
        if (steps > MovedBlocks.MOST_STEPS) {
          throw new DamagedBlockException("was moved in a circle");
        }
      }
    }
  }

  @Override
  public int rawLength(BlockRef ref, ByteBuffer frame) throws DamagedBlockException {
    long length =
        Zstd.getDirectByteBufferFrameContentSize(frame, frame.position(), frame.remaining());
    if (length < 0 || length > Integer.MAX_VALUE - 8) {
      throw new DamagedBlockException("does not tell its length");
    }
    return (int) length;
  }
}
