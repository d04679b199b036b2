package dev.godwit.vault;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.archive.TarExport;
import dev.godwit.vault.audit.Audit;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyPlan;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.carry.SnapshotCarrier;
import dev.godwit.vault.check.DataShare;
import dev.godwit.vault.check.VaultCheck;
import dev.godwit.vault.file.VaultFile;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.NewEncryption;
import dev.godwit.vault.key.Recipient;
import dev.godwit.vault.key.Recipients;
import dev.godwit.vault.key.VaultKeys;
import dev.godwit.vault.key.WriterFiles;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.prune.Pins;
import dev.godwit.vault.prune.VaultPrune;
import dev.godwit.vault.repair.VaultRepair;
import dev.godwit.vault.snapshot.NearManifests;
import dev.godwit.vault.snapshot.SnapshotLoad;
import dev.godwit.vault.snapshot.SnapshotRun;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An open vault. Safe for use by many threads; closing it closes its storage. */
public final class Vault implements AutoCloseable {
  private final Storage storage;
  private final VaultFiles files;
  private final VaultFile file;
  private final Snapshots snapshots;

  private Vault(Storage storage, VaultDoor door) {
    this.storage = storage;
    this.file = door.file();
    this.files = new VaultFiles(storage, file.id(), door.keys());
    Storage near = NearManifests.over(storage, file.id(), System.getenv());
    this.snapshots = new Snapshots(new VaultFiles(near, file.id(), door.keys()));
  }

  /**
   * Makes a plain vault in an empty place.
   *
   * @throws VaultExistsException where there is a vault, or another run makes one at this moment
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} where the place holds anything else
   */
  public static Vault create(Storage storage) {
    return create(storage, Optional.empty());
  }

  /**
   * Makes a vault in an empty place, encrypted where that is given, and open for its first writer.
   *
   * @throws dev.godwit.spi.error.GodwitException as {@link #create(Storage)}
   */
  public static Vault create(Storage storage, Optional<NewEncryption> encryption) {
    return create(storage, VolumeLimits.DEFAULT, encryption);
  }

  /** Makes a vault whose volumes become so large, otherwise as {@link #create(Storage)}. */
  static Vault create(Storage storage, VolumeLimits limits) {
    return create(storage, limits, Optional.empty());
  }

  /** Makes a vault whose volumes become so large, plain or encrypted. */
  static Vault create(Storage storage, VolumeLimits limits, Optional<NewEncryption> encryption) {
    return new Vault(storage, VaultDoor.make(storage, limits, encryption));
  }

  /** Opens a plain vault; as {@link #open(Storage, KeyRing)} with no key. */
  public static Vault open(Storage storage) {
    return open(storage, KeyRing.empty());
  }

  /**
   * Opens a vault.
   *
   * @param ring what the user gave, asked only where the vault is encrypted
   * @throws dev.godwit.spi.error.GodwitException {@code NO_SUCH} where there is none, {@code
   *     TOO_NEW} where a newer Godwit wrote it, {@code DAMAGED} where its vault.json is bent or
   *     alone is missing, {@code WRONG_KEY} where it is encrypted and nothing given opens it
   */
  public static Vault open(Storage storage, KeyRing ring) {
    return new Vault(storage, VaultDoor.open(storage, ring));
  }

  /** Whether the place holds a vault, readable or not. */
  public static boolean existsIn(Storage storage) {
    return VaultDoor.existsIn(storage);
  }

  /**
   * Who may read the vault of a place, as the vault itself names them: no key is asked for, and
   * none proves it.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code NO_SUCH} where there is none, {@code
   *     FAILED} where it is plain, {@code DAMAGED}
   */
  public static List<Recipients.Shown> recipientsIn(Storage storage) {
    VaultDoor.requireIn(storage);
    return Recipients.in(storage);
  }

  /** The vault's own id, 32 hexadecimal digits. */
  public String id() {
    return file.id();
  }

  /** What it is read and written with. */
  public VaultKeys keys() {
    return files.keys();
  }

  /**
   * Who may read it.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} where the vault is plain, {@code
   *     WRONG_KEY} where it was opened with a writer key
   */
  public Recipients recipients() {
    return keys()
        .reading()
        .map(reader -> new Recipients(storage, reader))
        .orElseThrow(() -> Recipients.plain(storage.display()));
  }

  /** Whether this identity may read it, as its vault.json says; never where it is plain. */
  public boolean admits(Recipient recipient) {
    return Recipients.admits(file, recipient);
  }

  /** Keeps the key of a writer in the vault, for readers. */
  public void keepWriter(WriterKeys writer) {
    WriterFiles.keep(storage, writer);
  }

  /** Where it is, for people. */
  public String display() {
    return storage.display();
  }

  /**
   * What is known of every snapshot without reading it, oldest first; a writer's key is enough.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} where a manifest is bent
   */
  public List<SnapshotHead> heads() {
    return snapshots.heads();
  }

  /**
   * The same, of those that can be read.
   *
   * @param bent told why each other one cannot
   */
  public List<SnapshotHead> heads(Consumer<GodwitException> bent) {
    return snapshots.heads(bent);
  }

  /** Whether what was backed up can be read: not with a writer's key alone. */
  public boolean reads() {
    return files.isReadable();
  }

  /**
   * Makes sure that what was backed up can be read.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} where the vault is encrypted and
   *     only a writer's key is there
   */
  public void requireReading() {
    files.requireReading();
  }

  /**
   * Every snapshot, oldest first.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} where a manifest is bent, {@code
   *     WRONG_KEY} where the keys at hand do not read them
   */
  public List<Manifest> snapshots() {
    return snapshots.all();
  }

  /**
   * Every snapshot whose manifest is not bent, oldest first.
   *
   * @param bent told why each other one cannot be read
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} where the keys at hand do not
   *     read them
   */
  public List<Manifest> snapshots(Consumer<GodwitException> bent) {
    return snapshots.all(bent);
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

  /** Which snapshots are pinned: no prune drops them. */
  public Pins pins() {
    return new Pins(storage);
  }

  /**
   * Drops the snapshots that no rule keeps, and what no snapshot needs then; a writer's key is
   * enough.
   *
   * @throws dev.godwit.spi.error.GodwitException as {@link VaultPrune#run}
   */
  public PruneReport prune(PruneRequest request, PluginContext context) {
    return new VaultPrune(files, limits(), request, context).run();
  }

  /** Begins a snapshot. */
  public SnapshotWriter write(SnapshotDraft draft, PluginContext context) {
    keys().writing().ifPresent(this::keepWriter);
    return new SnapshotLoad(files, limits(), draft, context);
  }

  /** Opens a snapshot for reading, as a run that reads by partitions. */
  public ExtractRun read(Manifest manifest, PluginContext context) {
    return new SnapshotRun(files, manifest, context);
  }

  /**
   * What a copy of snapshots into another vault will do, oldest first. Nothing is written.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where both are in one place, {@code
   *     NO_SUCH} where the choice names no snapshot, {@code WRONG_KEY} where the keys at hand do
   *     not read this vault; for the target a writer's key is enough
   */
  public List<CopyStep> planCopy(Vault target, CopyChoice choice, Consumer<String> warnings) {
    return new CopyPlan(files, target.files, warnings).steps(choice);
  }

  /**
   * Begins to copy snapshots into another vault. Into a plain one even what was encrypted: whoever
   * asks for that must mean it.
   *
   * @param progress told the uncompressed bytes of blocks as they are moved or found there
   */
  public SnapshotCarrier copyTo(Vault target, PluginContext context, Consumer<Long> progress) {
    target.keys().writing().ifPresent(target::keepWriter);
    return new SnapshotCarrier(files, target.files, target.limits(), context, progress);
  }

  private VolumeLimits limits() {
    return new VolumeLimits(file.volumeBytes(), file.volumeBlocks());
  }

  /**
   * Looks for damage: at structure and references, and at a share of the data.
   *
   * @param progress told the stored bytes read since the last call, from any thread
   */
  public CheckReport check(DataShare share, PluginContext context, Consumer<Long> progress) {
    return new VaultCheck(files, share, context, progress).run();
  }

  /** Who did what to it. */
  public Audit audit() {
    return new Audit(files);
  }

  /**
   * Plans a tar of one snapshot.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} where its lists are, {@code
   *     WRONG_KEY} where the keys at hand do not read them
   */
  public TarExport export(Manifest snapshot, PluginContext context) {
    return new TarExport(files, limits(), snapshot, context);
  }

  /**
   * Begins a repair. With a writer's key it mends the index, and says what else is damaged.
   *
   * @param readData whether every byte is read, or only what shows structure and references
   * @param dryRun whether nothing at all is to be written
   * @param progress told the stored bytes of volumes as they were looked at
   * @throws dev.godwit.spi.error.GodwitException {@code LOCKED} where another writer is at work
   */
  public VaultRepair repair(
      boolean readData, boolean dryRun, PluginContext context, Consumer<Long> progress) {
    return new VaultRepair(files, limits(), readData, dryRun, context, progress);
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
