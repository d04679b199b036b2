package dev.godwit.cli.run;

import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.CheckReport;
import dev.godwit.vault.Vault;
import dev.godwit.vault.archive.TarImport;
import dev.godwit.vault.archive.TemporaryFolder;
import dev.godwit.vault.check.DataShare;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.storage.LocalFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a restore reads: a vault where it is, or a tar of one, a file or a pipe. A tar is unpacked
 * into a temporary folder first and every byte of it checked, so that nothing is loaded of one that
 * is not whole; the folder goes when this is closed, or with the next tar if this run is killed.
 */
public final class VaultOrTar implements AutoCloseable {
  private final Vault vault;
  private final Optional<TemporaryFolder> unpacked;

  private VaultOrTar(Vault vault, Optional<TemporaryFolder> unpacked) {
    this.vault = vault;
    this.unpacked = unpacked;
  }

  /**
   * Opens it.
   *
   * @param ring opens a vault that is encrypted
   * @param trail of the run, which takes a vault that stays where it is
   * @throws GodwitException as {@link Vault#open}, {@code WRONG_KEY} also where what was given
   *     opens a tar and does not read it; for a tar {@code USAGE} where it is none, {@code DAMAGED}
   *     where it is not whole, {@code FAILED} where there is no room for it
   */
  public static VaultOrTar open(
      String place,
      KeyRing ring,
      Terminal terminal,
      Trail trail,
      PluginContext context,
      RunView view) {
    if (!VaultPlaces.isTar(place)) {
      Vault vault = Vault.open(VaultPlaces.open(place, terminal, context), ring);
      return new VaultOrTar(trail.opened(vault, context), Optional.empty());
    }
    TemporaryFolder folder = TemporaryFolder.ofThisProcess();
    try {
      return new VaultOrTar(
          unpack(place, folder, ring.toReadCopy(), context, view), Optional.of(folder));
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  private static Vault unpack(
      String place, TemporaryFolder folder, KeyRing ring, PluginContext context, RunView view) {
    boolean pipe = place.equals("-");
    String name = pipe ? "standard input" : place;
    try (InputStream in = pipe ? System.in : Files.newInputStream(Path.of(place))) {
      long free = Files.getFileStore(folder.path()).getUsableSpace();
      long size = pipe ? -1 : Files.size(Path.of(place));
      if (size > free) {
        throw new GodwitException(
            ExitCode.FAILED,
            name
                + " needs "
                + Amounts.bytes(size)
                + " to be unpacked, and "
                + folder.path().getParent()
                + " has "
                + Amounts.bytes(free),
            "name a folder with room: GODWIT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
      }
      view.note(
          "unpacking "
              + name
              + (pipe ? "" : ", " + Amounts.bytes(size) + ",")
              + " into "
              + folder.path()
              + ", where "
              + Amounts.bytes(free)
              + " are free; it is removed at the end");
      Path root = new TarImport(name, context.cancellation(), read -> {}).unpack(in, folder.path());
      return requireWhole(Vault.open(new LocalFolder(root, name), ring), name, context);
    } catch (IOException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot read " + name + ": " + IoReason.of(e),
          "name a vault, or a tar of 'godwit export' that this user may read",
          e);
    }
  }

  private static Vault requireWhole(Vault vault, String name, PluginContext context) {
    CheckReport report;
    try {
      vault.requireReading();
      report = vault.check(DataShare.ALL, context, read -> {});
    } catch (RuntimeException e) {
      vault.close();
      throw e;
    }
    if (report.damages().isEmpty() && report.snapshots() > 0) {
      return vault;
    }
    vault.close();
    String what =
        report.damages().isEmpty()
            ? "it holds no snapshot"
            : report.damages().get(0).file() + ' ' + report.damages().get(0).what();
    throw new GodwitException(
        ExitCode.DAMAGED,
        name + " is not whole: " + what,
        "nothing was loaded; write or fetch the tar once more");
  }

  /** The open vault. */
  public Vault vault() {
    return vault;
  }

  @Override
  public void close() {
    unpacked.ifPresent(
        folder -> {
          try (folder) {
            vault.close();
          }
        });
  }
}
