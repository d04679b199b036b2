package dev.godwit.vault.volume;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What is read of a volume's file besides its frames.
 *
 * @param size of the file
 */
record VolumeBytes(Storage storage, VolumeId id, long size) {
  /** A footer of more bytes is none: 64 MiB, more than the largest table takes. */
  private static final int MOST = VolumeFormat.MOST_BLOCKS * 64;

  /** So many bytes from an offset, little-endian. */
  ByteBuffer at(long offset, int length) throws IOException, DamagedBlockException {
    if (offset + length > size) {
      throw new DamagedBlockException(size == 0 ? "is empty" : "is too short for a volume");
    }
    ByteBuffer bytes = VolumeFormat.allocate(length);
    if (storage.read(Layout.volume(id), offset, bytes) != length) {
      throw new DamagedBlockException("is cut short");
    }
    return bytes.flip();
  }

  /** Where the trailer says that the footer begins, beyond a header of so many bytes. */
  long footerAt(int header) throws IOException, DamagedBlockException {
    int trailer = VolumeFormat.TRAILER;
    long footerAt = VolumeFormat.footerAt(at(size - trailer, trailer));
    if (footerAt < header || footerAt >= size || size - footerAt > MOST) {
      throw new DamagedBlockException("is cut short, or has a bent footer");
    }
    return footerAt;
  }

  /** The footer, proven by its checksum and the volume's id. */
  ByteBuffer footer(long footerAt, byte[] mark) throws IOException, DamagedBlockException {
    ByteBuffer footer = at(footerAt, (int) (size - footerAt));
    String wrong = VolumeFormat.wrongFooter(footer, mark, id, footerAt);
    if (wrong != null) {
      throw new DamagedBlockException(wrong);
    }
    return footer;
  }
}
