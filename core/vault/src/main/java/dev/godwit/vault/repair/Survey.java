package dev.godwit.vault.repair;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.Present;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Looks at snapshots for damage, as far as the keys at hand see. Used by one thread. */
abstract sealed class Survey permits SnapshotSurvey, ReferencesSurvey {
  private final Storage storage;
  private final Set<String> bentLists = new LinkedHashSet<>();

  Survey(VaultFiles files) {
    this.storage = files.storage();
  }

  /** That of a vault: a writer's key sees what is damaged, and not what is lost for it. */
  static Survey of(VaultFiles files, Salvage salvage, Cancellation cancellation) {
    return files.isReadable()
        ? new SnapshotSurvey(files, salvage, cancellation)
        : new ReferencesSurvey(files, salvage, cancellation);
  }

  /** What is wrong with the snapshot of a manifest; nothing where nothing is. */
  abstract Optional<Finding> look(String path);

  /** The paths of lists that are there and bent, as far as was looked. */
  Set<String> bentLists() {
    return bentLists;
  }

  /** Whether a list is what its name says; remembers one that is there and bent. */
  boolean isWhole(String list) {
    boolean whole = ListReader.isWhole(storage, list);
    if (!whole) {
      rememberIfThere(Layout.list(list));
    }
    return whole;
  }

  /** Remembers a list that is there and bent. */
  void noteIfBent(String list) {
    if (!ListReader.isWhole(storage, list)) {
      rememberIfThere(Layout.list(list));
    }
  }

  private void rememberIfThere(String path) {
    if (Present.find(storage, path).isPresent()) { // or there is nothing to remove
      bentLists.add(path);
    }
  }

  /**
   * The reason of a damage.
   *
   * @throws GodwitException the failure itself, where it is no damage
   */
  String reason(GodwitException failure) {
    if (failure.exitCode() != ExitCode.DAMAGED) {
      throw failure;
    }
    return String.valueOf(failure.getMessage()).replace(" in " + storage.display(), "");
  }
}
