package dev.godwit.vault.index;

import dev.godwit.spi.aside.Spool;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.storage.StorageInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a segment. */
@FunctionalInterface
interface SegmentBytes {
  /** Reads from an offset until the buffer is full or the segment ends; how many bytes. */
  int read(long offset, ByteBuffer into) throws IOException;

  /**
   * Those of a file. It is read in place from a disk; from a far storage it is copied once, since
   * each block that is looked up takes two reads.
   *
   * @param copied whether it is copied from a disk too, so that what was proven stays as it was
   */
  static SegmentBytes of(Storage storage, String path, boolean copied) throws IOException {
    return copied || storage.isRemote()
        ? copy(storage, path)
        : (offset, into) -> storage.read(path, offset, into);
  }

  private static SegmentBytes copy(Storage storage, String path) throws IOException {
    Spool copied = new Spool(); // without a name on the disk: it goes with the process
    try (InputStream in = new StorageInput(storage, path, read -> {})) {
      in.transferTo(copied);
    }
    return (offset, into) -> {
      byte[] bytes = new byte[into.remaining()];
      int count = copied.read(offset, bytes, 0, bytes.length);
      into.put(bytes, 0, count);
      return count;
    };
  }
}
