package dev.godwit.vault;

import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import java.util.List;
import java.util.function.Consumer;

/** An open vault. Safe for use by many threads; closing it closes its storage. */
public final class Vault implements AutoCloseable {

  /**
   * Makes a vault in an empty place.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} where the place holds a vault or
   *     anything else
   */
  public static Vault create(Storage storage) {
    throw new UnsupportedOperationException(storage.display());
  }

  /**
   * Opens a vault.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code NO_SUCH} where there is none, {@code
   *     TOO_NEW} where a newer Godwit wrote it, {@code DAMAGED} where its vault.json is bent
   */
  public static Vault open(Storage storage) {
    throw new UnsupportedOperationException(storage.display());
  }

  /** Whether the place holds a vault, readable or not. */
  public static boolean existsIn(Storage storage) {
    throw new UnsupportedOperationException(storage.display());
  }

  /** The vault's own id, 32 hexadecimal digits. */
  public String id() {
    throw new UnsupportedOperationException();
  }

  /** Where it is, for people. */
  public String display() {
    throw new UnsupportedOperationException();
  }

  /** Every snapshot, oldest first. */
  public List<Manifest> snapshots() {
    throw new UnsupportedOperationException();
  }

  /**
   * The snapshot that is meant. {@code latest} is the newest complete one.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code NO_SUCH} where there is none, {@code USAGE}
   *     where the choice is ambiguous: several sources, several ids; the hint lists them
   */
  public Manifest find(SnapshotChoice choice) {
    throw new UnsupportedOperationException(choice.which());
  }

  /** Begins a snapshot. */
  public SnapshotWriter write(SnapshotDraft draft, PluginContext context) {
    throw new UnsupportedOperationException(draft.scope());
  }

  /** Opens a snapshot for reading, as a run that reads by partitions. */
  public ExtractRun read(Manifest manifest, PluginContext context) {
    throw new UnsupportedOperationException(manifest.id());
  }

  /**
   * Looks for damage: at structure and references, and with {@code readData} at every byte.
   *
   * @param progress told the stored bytes read since the last call, from any thread
   */
  public CheckReport check(boolean readData, PluginContext context, Consumer<Long> progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
