package dev.godwit.vault.carry;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.storage.WorkFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

/**
 * Whether two storages are one place under two names: a link, a mount, a server's folder and its
 * path on the server itself. What is written by the one name is there by the other, and nothing
 * else proves it.
 */
public final class SamePlace {
  private static final byte[] PROBE = "godwit".getBytes(StandardCharsets.UTF_8);

  private SamePlace() {}

  /**
   * Whether they are; not, where nothing can be written.
   *
   * @param written in which a small file is made for a moment
   */
  public static boolean are(Storage read, Storage written) {
    if (read.display().equals(written.display())) {
      return true;
    }
    String path = Layout.WORK + '/' + WorkFolder.OF_THIS_PROCESS + '/' + VolumeId.random();
    try {
      boolean made = written.createIfAbsent(path, PROBE);
      try {
        return made && isThere(read, path);
      } finally {
        written.delete(path);
      }
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isThere(Storage storage, String path) throws IOException {
    try {
      return storage.stat(path).size() == PROBE.length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
