package dev.godwit.vault;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.check.VaultCheck;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.file.VaultFile;
import dev.godwit.vault.prune.Pins;
import dev.godwit.vault.prune.VaultPrune;
import dev.godwit.vault.snapshot.SnapshotLoad;
import dev.godwit.vault.snapshot.SnapshotRun;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An open vault. Safe for use by many threads; closing it closes its storage. */
public final class Vault implements AutoCloseable {
  private final Storage storage;
  private final VaultFile file;
  private final Snapshots snapshots;

  private Vault(Storage storage, VaultFile file) {
    this.storage = storage;
    this.file = file;
    this.snapshots = new Snapshots(storage);
  }

  /**
   * Makes a vault in an empty place.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} where the place holds a vault or
   *     anything else
   */
  public static Vault create(Storage storage) {
    return create(storage, VolumeLimits.DEFAULT);
  }

  /** Makes a vault whose volumes become so large, otherwise as {@link #create(Storage)}. */
  static Vault create(Storage storage, VolumeLimits limits) {
    anyFile(storage)
        .ifPresent(
            found -> {
              throw existsIn(storage)
                  ? new GodwitException(
                      ExitCode.FAILED,
                      storage.display() + " is a vault already",
                      "back up into it, or name another place")
                  : new GodwitException(
                      ExitCode.FAILED,
                      storage.display() + " is not empty: it holds " + found,
                      "name an empty or a new folder for the vault");
            });
    try {
      VaultFile file =
          new VaultFile(
              VolumeId.random().toString(),
              storage.now().truncatedTo(ChronoUnit.MILLIS),
              limits.bytes(),
              limits.blocks());
      SmallFile.create(storage, Layout.VAULT, file.bytes());
      return new Vault(storage, file);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, Layout.VAULT, e);
    }
  }

  private static Optional<String> anyFile(Storage storage) {
    try (Stream<StoredFile> files = storage.list("")) {
      return files.map(StoredFile::path).findFirst();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, "the folder", e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, "the folder", e.getCause());
    }
  }

  /**
   * Opens a vault.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code NO_SUCH} where there is none, {@code
   *     TOO_NEW} where a newer Godwit wrote it, {@code DAMAGED} where its vault.json is bent or
   *     alone is missing
   */
  public static Vault open(Storage storage) {
    if (existsIn(storage)) {
      return new Vault(storage, VaultFile.read(storage));
    }
    Optional<String> found = anyFile(storage);
    if (found.isEmpty()) {
      throw new GodwitException(
          ExitCode.NO_SUCH,
          "there is no vault at " + storage.display(),
          "is its disk mounted? 'godwit init' makes a new vault");
    }
    boolean remains = !new Snapshots(storage).paths().isEmpty();
    throw remains
        ? StorageFailure.damaged(storage, Layout.VAULT, "is missing, and snapshots are there", null)
        : new GodwitException(
            ExitCode.NO_SUCH,
            storage.display() + " is no vault: it holds " + found.get() + " and no vault.json",
            "name the folder of a vault");
  }

  /** Whether the place holds a vault, readable or not. */
  public static boolean existsIn(Storage storage) {
    try {
      storage.stat(Layout.VAULT);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.VAULT, e);
    }
  }

  /** The vault's own id, 32 hexadecimal digits. */
  public String id() {
    return file.id();
  }

  /** Where it is, for people. */
  public String display() {
    return storage.display();
  }

  /**
   * Every snapshot, oldest first.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} where a manifest is bent
   */
  public List<Manifest> snapshots() {
    return snapshots.all();
  }

  /**
   * The snapshot that is meant. {@code latest} is the newest complete one.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code NO_SUCH} where there is none, {@code USAGE}
   *     where the choice is ambiguous: several sources, several ids; the hint lists them
   */
  public Manifest find(SnapshotChoice choice) {
    return snapshots.find(choice);
  }

  /** The ids of all snapshots that are pinned: no prune drops them. */
  public Set<String> pinned() {
    return new Pins(storage).all();
  }

  /** Pins a snapshot, so that no prune drops it. */
  public void pin(Manifest manifest) {
    new Pins(storage).pin(manifest.id());
  }

  /** Takes the pin of a snapshot away. */
  public void unpin(Manifest manifest) {
    new Pins(storage).unpin(manifest.id());
  }

  /**
   * Drops the snapshots that no rule keeps, and what no snapshot needs then.
   *
   * @throws dev.godwit.spi.error.GodwitException as {@link VaultPrune#run}
   */
  public PruneReport prune(PruneRequest request, PluginContext context) {
    VolumeLimits limits = new VolumeLimits(file.volumeBytes(), file.volumeBlocks());
    return new VaultPrune(storage, limits, request, context).run();
  }

  /** Begins a snapshot. */
  public SnapshotWriter write(SnapshotDraft draft, PluginContext context) {
    VolumeLimits limits = new VolumeLimits(file.volumeBytes(), file.volumeBlocks());
    return new SnapshotLoad(storage, limits, draft, context);
  }

  /** Opens a snapshot for reading, as a run that reads by partitions. */
  public ExtractRun read(Manifest manifest, PluginContext context) {
    return new SnapshotRun(storage, manifest, context);
  }

  /**
   * Looks for damage: at structure and references, and with {@code readData} at every byte.
   *
   * @param progress told the stored bytes read since the last call, from any thread
   */
  public CheckReport check(boolean readData, PluginContext context, Consumer<Long> progress) {
    return new VaultCheck(storage, readData, context, progress).run();
  }

  @Override
  public void close() {
    try {
      storage.close();
    } catch (IOException e) {
      throw StorageFailure.writing(storage, "the folder", e);
    }
  }
}
