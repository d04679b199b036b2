package dev.godwit.vault;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.VaultFile;
import dev.godwit.vault.key.KeyOpening;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.NewEncryption;
import dev.godwit.vault.key.NoKeys;
import dev.godwit.vault.key.VaultKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ForeignManifest;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.storage.WorkFolder;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The way into a vault: finds or makes its file in a place, and the keys that open it.
 *
 * @param file what its vault.json says
 * @param keys what it may be read and written with
 */
record VaultDoor(VaultFile file, VaultKeys keys) {

  /** Makes a vault, as {@link Vault#create(Storage, Optional)}. */
  static VaultDoor make(Storage storage, VolumeLimits limits, Optional<NewEncryption> encryption) {
    if (existsIn(storage)) {
      throw new VaultExistsException(storage.display());
    }
    anyFile(storage, file -> !WorkFolder.holds(file))
        .ifPresent(
            found -> {
              throw existsIn(storage)
                  ? new VaultExistsException(storage.display())
                  : notEmpty(storage, found);
            });
    try {
      VaultFile plain =
          new VaultFile(
              VolumeId.random().toString(),
              storage.now().truncatedTo(ChronoUnit.MILLIS),
              limits.bytes(),
              limits.blocks(),
              Optional.empty());
      if (encryption.isEmpty()) {
        create(storage, plain);
        return new VaultDoor(plain, NoKeys.PLAIN);
      }
      NewEncryption.Made made = encryption.get().make(plain);
      create(storage, made.file());
      return new VaultDoor(made.file(), made.keys());
    } catch (IOException e) {
      throw StorageFailure.writing(storage, Layout.VAULT, e);
    }
  }

  private static GodwitException notEmpty(Storage storage, String found) {
    return isLost(storage)
        ? lost(storage)
        : new GodwitException(
            ExitCode.FAILED,
            storage.display() + " is not empty: it holds " + found,
            "name an empty or a new folder for the vault");
  }

  /** Whether a place without vault.json holds what only a vault does. */
  private static boolean isLost(Storage storage) {
    return !new Snapshots(VaultFiles.plain(storage)).paths().isEmpty();
  }

  private static GodwitException lost(Storage storage) {
    GodwitException lost = VaultFile.damaged(storage, "is missing, and snapshots are there", null);
    return isPlain(storage)
        ? new GodwitException(
            lost.exitCode(),
            lost.getMessage(),
            "put back the vault.json of a copy of this folder; or, as nothing is encrypted, that of a new"
                + " vault, which 'godwit init' makes in another folder")
        : lost;
  }

  /** Nothing of a vault that is not encrypted rests on what stands in its file. */
  private static boolean isPlain(Storage storage) {
    VaultFiles plain = VaultFiles.plain(storage);
    return new Snapshots(plain)
        .paths().stream().noneMatch(path -> ForeignManifest.isAt(plain, path));
  }

  /** Of several that make one at a moment, one does. */
  private static void create(Storage storage, VaultFile file) throws IOException {
    if (!storage.createIfAbsent(Layout.VAULT, file.bytes())) {
      throw new VaultExistsException(storage.display());
    }
  }

  private static Optional<String> anyFile(Storage storage, Predicate<String> counts) {
    try (Stream<StoredFile> files = storage.list("")) {
      return files.map(StoredFile::path).filter(counts).findFirst();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, "the folder", e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, "the folder", e.getCause());
    }
  }

  /** Opens a vault, as {@link Vault#open(Storage, KeyRing)}. */
  static VaultDoor open(Storage storage, KeyRing ring) {
    requireIn(storage);
    VaultFile file = VaultFile.read(storage);
    VaultKeys keys =
        file.encryption().isEmpty() ? NoKeys.PLAIN : KeyOpening.open(file, storage.display(), ring);
    return new VaultDoor(file, keys);
  }

  /** Tells a place without a vault from a vault that lost its file. */
  static void requireIn(Storage storage) {
    if (existsIn(storage)) {
      return;
    }
    Optional<String> found = anyFile(storage, file -> true);
    if (found.isEmpty()) {
      throw new GodwitException(
          ExitCode.NO_SUCH,
          "there is no vault at " + storage.display(),
          "is its disk mounted? 'godwit init' makes a new vault");
    }
    throw isLost(storage)
        ? lost(storage)
        : new GodwitException(
            ExitCode.NO_SUCH,
            storage.display() + " is no vault: it holds " + found.get() + " and no vault.json",
            "name the folder of a vault");
  }

  /** Whether the place holds a vault, readable or not. */
  static boolean existsIn(Storage storage) {
    try {
      storage.stat(Layout.VAULT);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.VAULT, e);
    }
  }
}
