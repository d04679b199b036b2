package dev.godwit.vault.volume;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What is read of a volume's file besides its frames: no byte more, or by few requests. Used by one
 * thread.
 */
final class VolumeBytes {
  /** A footer of more bytes is none: 64 MiB, more than the largest table takes. */
  private static final int MOST = VolumeFormat.MOST_BLOCKS * 64;

  /** The footer of a thousand blocks has less. */
  private static final int MOST_END = 64 << 10;

  private final Storage storage;
  private final VolumeId id;
  private final long size;
  private final int ends;
  private ByteBuffer end;

  private VolumeBytes(Storage storage, VolumeId id, long size, int ends) {
    this.storage = storage;
    this.id = id;
    this.size = size;
    this.ends = ends;
  }

  /**
   * Those of a volume, each read as it is asked for.
   *
   * @param size of the file
   */
  static VolumeBytes asAsked(Storage storage, VolumeId id, long size) {
    return new VolumeBytes(storage, id, size, 0);
  }

  /**
   * Those of a volume of which nothing else is read. Of a far file the end is read once, which
   * mostly holds the whole footer, and of a small volume everything.
   *
   * @param size of the file
   */
  static VolumeBytes byTheEnd(Storage storage, VolumeId id, long size) {
    int ends = storage.isRemote() ? (int) Math.min(MOST_END, size) : 0;
    return new VolumeBytes(storage, id, size, ends);
  }

  VolumeId id() {
    return id;
  }

  long size() {
    return size;
  }

  /** So many bytes from an offset, little-endian. */
  ByteBuffer at(long offset, int length) throws IOException, DamagedBlockException {
    if (offset + length > size) {
      throw new DamagedBlockException(size == 0 ? "is empty" : "is too short for a volume");
    }
    long endsFrom = size - ends;
    return offset >= endsFrom ? ofEnd((int) (offset - endsFrom), length) : read(offset, length);
  }

  /** A copy, so that nobody keeps more in memory than was asked for. */
  private ByteBuffer ofEnd(int from, int length) throws IOException, DamagedBlockException {
    if (end == null) {
      end = read(size - ends, ends);
    }
    return VolumeFormat.allocate(length).put(end.slice(from, length)).flip();
  }

  private ByteBuffer read(long offset, int length) throws IOException, DamagedBlockException {
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
