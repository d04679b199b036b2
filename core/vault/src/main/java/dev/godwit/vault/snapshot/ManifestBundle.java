package dev.godwit.vault.snapshot;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.plane.BentFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Many manifests in one file, {@code bundles/<count>-<hash>.tar.gz}: a tar of the manifests under
 * the paths that they have in the vault, byte for byte, so that the hash in its path proves each.
 */
public final class ManifestBundle {
  private static final Pattern NAME =
      Pattern.compile("bundles/([1-9][0-9]{0,6})-([0-9a-f]{64})\\.tar\\.gz");

  /** Bytes of manifests that make a bundle full. */
  static final int FULL = 4 << 20;

  /** A full bundle may get one manifest more, of 16 MiB at most; the rest is what tar adds. */
  private static final int MOST_BYTES = 32 << 20;

  private ManifestBundle() {}

  /** Whether a path is a bundle's. */
  public static boolean isAt(String path) {
    return NAME.matcher(path).matches();
  }

  /** How many manifests there are in the bundle at a path. */
  static int countAt(String path) {
    return Integer.parseInt(name(path).group(1));
  }

  private static Matcher name(String path) {
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      throw new IllegalArgumentException(path + " is no bundle");
    }
    return name;
  }

  /**
   * Writes a bundle; on one Java the same manifests make the same one.
   *
   * @param manifests by their paths
   * @return its path
   */
  static String write(Storage storage, SortedMap<String, byte[]> manifests) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream zipped = new GZIPOutputStream(packed);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(zipped, "UTF-8")) {
      for (Map.Entry<String, byte[]> manifest : manifests.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(manifest.getKey());
        entry.setSize(manifest.getValue().length);
        entry.setModTime(0);
        entry.setUserName("");
        tar.putArchiveEntry(entry);
        tar.write(manifest.getValue());
        tar.closeArchiveEntry();
      }
    }
    byte[] bytes = packed.toByteArray();
    String path = Layout.BUNDLES + '/' + manifests.size() + '-' + Hash.of(bytes) + ".tar.gz";
    boolean unused = storage.createIfAbsent(path, bytes); // a name that is taken holds the same
    return path;
  }

  /**
   * Reads a bundle.
   *
   * @return the manifests in it by their paths, each proven by its path
   * @throws BentFileException if it is not as it was written
   */
  static SortedMap<String, byte[]> read(Storage storage, String path) throws IOException {
    byte[] bytes = SmallFile.read(storage, path);
    if (!Hash.of(bytes).equals(name(path).group(2))) {
      throw new BentFileException("has another hash than its name");
    }
    SortedMap<String, byte[]> manifests;
    try {
      manifests = unpack(bytes);
    } catch (IOException | RuntimeException e) {
      throw new BentFileException("makes no sense", e);
    }
    if (manifests.size() != countAt(path)) {
      throw new BentFileException("holds another count of manifests than its name says");
    }
    return manifests;
  }

  private static SortedMap<String, byte[]> unpack(byte[] bytes) throws IOException {
    SortedMap<String, byte[]> manifests = new TreeMap<>();
    try (GZIPInputStream zipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] tarred = zipped.readNBytes(MOST_BYTES + 1);
      if (tarred.length > MOST_BYTES) {
        throw new IOException("it is larger than Godwit writes it");
      }
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new ByteArrayInputStream(tarred), "UTF-8")) {
        for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
          byte[] manifest = tar.readAllBytes();
          Optional<String> id = ManifestFile.idAt(entry.getName());
          if (id.isEmpty() || !Hash.of(manifest).startsWith(id.get())) {
            throw new IOException("it holds what is no manifest");
          }
          manifests.put(entry.getName(), manifest);
        }
      }
    }
    return manifests;
  }
}
