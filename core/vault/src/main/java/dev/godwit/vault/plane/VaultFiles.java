package dev.godwit.vault.plane;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.key.NoKeys;
import dev.godwit.vault.key.ReaderKeys;
import dev.godwit.vault.key.VaultKeys;
import dev.godwit.vault.key.WriterKeys;
import java.util.Optional;

/**
 * The files of an open vault: where they lie, and the keys that whoever opened it holds. Safe for
 * use by many threads.
 */
public final class VaultFiles {
  private final Storage storage;
  private final String vaultId;
  private final VaultKeys keys;
  private final DataKeys dataKeys;

  /** Those of a vault. */
  public VaultFiles(Storage storage, String vaultId, VaultKeys keys) {
    this(storage, vaultId, keys, new DataKeys());
  }

  private VaultFiles(Storage storage, String vaultId, VaultKeys keys, DataKeys dataKeys) {
    this.storage = storage;
    this.vaultId = vaultId;
    this.keys = keys;
    this.dataKeys = dataKeys;
  }

  /** The same files, read another way; keys of runs that the one has met the other knows too. */
  public VaultFiles through(Storage way) {
    return new VaultFiles(way, vaultId, keys, dataKeys);
  }

  /** Those of a vault that is not encrypted. */
  public static VaultFiles plain(Storage storage) {
    return new VaultFiles(storage, "", NoKeys.PLAIN);
  }

  /** Where they lie. */
  public Storage storage() {
    return storage;
  }

  /** The vault's own id, 32 hexadecimal digits. */
  public String vaultId() {
    return vaultId;
  }

  /** What the vault may be read and written with. */
  public VaultKeys keys() {
    return keys;
  }

  /** The keys of the writer plane; nothing where the vault is not encrypted. */
  public Optional<WriterKeys> writing() {
    return keys.writing();
  }

  /**
   * The keys of runs; nothing where the vault is not encrypted.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} where only a writer's key is
   *     there
   */
  public Optional<RunKeys> reading() {
    Optional<ReaderKeys> reader = keys.reading();
    return reader.map(found -> new RunKeys(found, dataKeys));
  }

  /**
   * Makes sure that what was backed up can be read.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} where the vault is encrypted and
   *     only a writer's key is there
   */
  public void requireReading() {
    var unused = keys.reading();
  }

  /** Whether what was backed up can be read: not with a writer's key alone. */
  public boolean isReadable() {
    return !(keys instanceof WriterKeys);
  }

  /** Begins to write for a source. */
  public VaultRun begin(String source) {
    Optional<WriterKeys> writer = keys.writing();
    return writer.isPresent() ? new SealedRun(this, writer.get(), source) : new PlainRun(this);
  }
}
