package dev.godwit.vault.archive;

import dev.godwit.spi.aside.TemporaryFailure;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.file.Layout;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a tar of a vault's folder. Nothing else is taken: no link, no path that leads out of the
 * folder, no file that a vault has not. The vault may be the tar's root, or its only folder.
 */
public final class TarImport {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final int MAGIC = 4;

  private final String name;
  private final Cancellation cancellation;
  private final Consumer<Long> progress;
  private Optional<String> top = Optional.empty();
  private boolean begun;
  private boolean topKnown;
  private boolean vaultFound;

  /**
   * Ready to unpack.
   *
   * @param name of the tar, for people
   * @param progress told the bytes that were unpacked
   */
  public TarImport(String name, Cancellation cancellation, Consumer<Long> progress) {
    this.name = name;
    this.cancellation = cancellation;
    this.progress = progress;
  }

  /**
   * Unpacks into an empty folder. The stream is read to the tar's end, and not closed.
   *
   * @return the folder of the vault
   * @throws GodwitException {@code USAGE} where it is no tar of a vault; {@code DAMAGED} where it
   *     is cut short or bent, or holds what leads out of the folder; {@code FAILED} where it cannot
   *     be read, or the disk is full
   */
  public Path unpack(InputStream from, Path into) {
    BufferedInputStream in = new BufferedInputStream(from, 1 << 20);
    try {
      refuseCompressed(in);
    } catch (IOException e) {
      throw new GodwitException(
          ExitCode.FAILED, "cannot read " + name + ": " + e.getMessage(), null, e);
    }
    // Not closed: the stream is the caller's.
    HeaderLimit limit = new HeaderLimit(in);
    TarArchiveInputStream tar = new TarArchiveInputStream(limit, "UTF-8");
    TarArchiveEntry entry = next(tar);
    while (entry != null) {
      cancellation.check();
      if (!entry.isDirectory()) {
        limit.contents();
        unpack(tar, entry, into);
        limit.headers();
      }
      begun = true;
      entry = next(tar);
    }
    if (!vaultFound) {
      throw begun
          ? damaged("holds no vault.json: it is cut short, or no tar of a vault", null)
          : noTar(null);
    }
    return top.map(into::resolve).orElse(into);
  }

  private void refuseCompressed(BufferedInputStream in) throws IOException {
    in.mark(MAGIC);
    byte[] magic = in.readNBytes(MAGIC);
    in.reset();
    int first = magic.length < MAGIC ? 0 : ((magic[0] & 0xFF) << 8) | (magic[1] & 0xFF);
    if (first == 0x1F8B || first == 0x28B5 || first == 0xFD37 || first == 0x425A) {
      throw new GodwitException(
          ExitCode.USAGE,
          name + " is compressed",
          "pipe it in: zcat, zstdcat, xzcat or bzcat FILE | godwit restore - STORE");
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw begun ? damaged("is cut short, or bent", e) : noTar(e);
    }
  }

  private GodwitException noTar(Exception cause) {
    return new GodwitException(
        ExitCode.USAGE,
        name + " is no tar of a vault",
        "'godwit export VAULT --tar FILE' writes one",
        cause);
  }

  private GodwitException damaged(String what, Exception cause) {
    return new GodwitException(
        ExitCode.DAMAGED, name + ' ' + what, "write or fetch it once more", cause);
  }

  private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) {
    Path target = into.resolve(path(entry));
    byte[] chunk = new byte[64 << 10];
    long left = entry.getSize();
    try (OutputStream out = open(target)) {
      while (left > 0) {
        cancellation.check();
        int read = read(tar, chunk);
        if (read < 0) {
          throw damaged("is cut short in " + entry.getName(), null);
        }
        out.write(chunk, 0, read);
        left -= read;
        progress.accept((long) read);
      }
    } catch (FileAlreadyExistsException e) {
      throw damaged("holds " + entry.getName() + " twice", e);
    } catch (IOException e) {
      throw TemporaryFailure.of(e);
    }
  }

  private static OutputStream open(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    return Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private int read(TarArchiveInputStream tar, byte[] chunk) {
    try {
      return tar.read(chunk);
    } catch (IOException e) {
      throw damaged("is cut short, or bent", e);
    }
  }

  /** Where a file belongs below the folder, once it is known to belong there. */
  private String path(TarArchiveEntry entry) {
    String path = entry.getName();
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    if (!entry.isFile() || isOdd(entry)) {
      throw damaged("holds " + path + ", which is no plain file: it is not unpacked", null);
    }
    String[] parts = path.split("/", -1);
    for (String part : parts) {
      if (!PART.matcher(part).matches() || part.equals("..") || part.equals(".")) {
        throw path.startsWith("/") || path.contains("..") || path.contains("\\")
            ? damaged("holds " + path + ", which leads out of its folder: not unpacked", null)
            : foreign(path);
      }
    }
    boolean atTop = isOfVault(parts, 0);
    if (!atTop && !(parts.length > 1 && isOfVault(parts, 1))) {
      throw foreign(path);
    }
    Optional<String> folder = atTop ? Optional.empty() : Optional.of(parts[0]);
    if (topKnown && !folder.equals(top)) {
      throw foreign(path); // of another vault, or of none
    }
    topKnown = true;
    top = folder;
    vaultFound |= path.equals(folder.map(name -> name + '/').orElse("") + Layout.VAULT);
    return path;
  }

  private static boolean isOdd(TarArchiveEntry entry) {
    return entry.isSymbolicLink()
        || entry.isLink()
        || entry.isSparse()
        || entry.isFIFO()
        || entry.isBlockDevice()
        || entry.isCharacterDevice();
  }

  private static boolean isOfVault(String[] parts, int from) {
    return parts.length == from + 1
        ? parts[from].equals(Layout.VAULT)
        : Layout.FOLDERS.contains(parts[from]);
  }

  private GodwitException foreign(String path) {
    return new GodwitException(
        ExitCode.USAGE,
        name + " is no tar of a vault: it holds " + path,
        "'godwit export VAULT --tar FILE' writes one");
  }
}
