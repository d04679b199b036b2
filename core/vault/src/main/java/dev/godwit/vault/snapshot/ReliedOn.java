package dev.godwit.vault.snapshot;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun.Lost;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a snapshot that is being written relies on: volumes and lists, its own and those of others.
 * Somebody may delete them meanwhile, or a prune that takes this run for dead; so they are looked
 * at again before the manifest is written, and after it.
 */
final class ReliedOn {
  /** Who deletes volumes more often while a backup runs would do so for ever. */
  private static final int MOST_ROUNDS = 3;

  /**
   * The lists that a manifest names.
   *
   * @param references those of a vault whose pruner cannot read the others
   */
  record Lists(String contents, Optional<String> objects, Optional<String> references) {}

  private final VaultFiles files;
  private final Storage storage;
  private final Presence presence;
  private final BlockStore store;
  private final WrittenContents contents;
  private final PluginContext context;
  private int rounds;

  ReliedOn(
      VaultFiles files,
      Presence presence,
      BlockStore store,
      WrittenContents contents,
      PluginContext context) {
    this.files = files;
    this.storage = files.storage();
    this.presence = presence;
    this.store = store;
    this.contents = contents;
    this.context = context;
  }

  /**
   * What has to be read and stored again, since it lies in volumes that went or are about to.
   *
   * @throws GodwitException {@code FAILED} where volumes vanish each time
   */
  Stream<Lost> lost() {
    Presence.Since since = presence.lookAgain();
    boolean renewed = since != Presence.Since.NOTHING;
    if (renewed) {
      store.heedAll(presence.marked());
    } else if (rounds == 0) {
      // What a prune has marked meanwhile waits for this run; without it the space comes back.
      store.heed(Marked.read(files));
    }
    Set<VolumeId> vanished = store.settle();
    if (since == Presence.Since.SLEPT) {
      warnOfSleep();
    } else if (!renewed && vanished.isEmpty()) {
      return Stream.empty();
    }
    if (!vanished.isEmpty() && ++rounds > MOST_ROUNDS) {
      throw vanished(vanished);
    }
    if (!vanished.isEmpty()) {
      context
          .warnings()
          .accept(
              named(vanished)
                  + " vanished or is being pruned; what was in it is read and stored again");
    }
    return contents.takeBack(vanished, files, list -> renewed && presence.isGone(list));
  }

  private void warnOfSleep() {
    context
        .warnings()
        .accept(
            "this backup's lock expired while it was at work, as when a machine sleeps; all that it"
                + " relies on is looked at again");
  }

  /**
   * Waits for all volumes, and looks whether each is there.
   *
   * @throws GodwitException {@code FAILED} where one is not
   */
  void requireVolumes() {
    Set<VolumeId> vanished = store.settle();
    if (!vanished.isEmpty()) {
      throw vanished(vanished);
    }
    context.cancellation().check();
  }

  /**
   * Looks at all of it once more, before a manifest names it.
   *
   * @throws GodwitException {@code FAILED} where something is gone
   */
  void require(Lists lists) {
    Presence.Since since = presence.lookAgain();
    if (since == Presence.Since.SLEPT) {
      warnOfSleep();
    }
    if (since != Presence.Since.NOTHING) {
      requireAll(lists);
    }
    requireVolumes();
  }

  /**
   * Whoever took this run for dead since the last look may have removed what its manifest names;
   * the manifest goes, too, then.
   *
   * @throws GodwitException {@code FAILED} where something is gone
   */
  void requireStillThere(Manifest sealed, Lists lists) {
    if (presence.lookAgain() == Presence.Since.NOTHING) {
      return;
    }
    try {
      requireAll(lists);
      requireVolumes();
    } catch (GodwitException e) {
      try {
        storage.delete(ManifestFile.path(sealed));
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Counts all that a prune has marked as gone, and looks for every list. */
  private void requireAll(Lists lists) {
    store.heedAll(presence.marked());
    Optional<String> gone =
        contents
            .gone(presence::isGone)
            .or(() -> Optional.of(lists.contents()).filter(presence::isGone))
            .or(() -> lists.objects().filter(presence::isGone))
            .or(() -> lists.references().filter(presence::isGone));
    if (gone.isPresent()) {
      throw new GodwitException(
          ExitCode.FAILED,
          Layout.list(gone.get()) + " in " + storage.display() + " was pruned during the backup",
          "the machine slept, or the vault was out of reach; run the backup again");
    }
  }

  private GodwitException vanished(Set<VolumeId> volumes) {
    return new GodwitException(
        ExitCode.FAILED,
        named(volumes) + " in " + storage.display() + " vanished during the backup",
        "find out what deletes files there, and run the backup again: it stores the blocks anew");
  }

  private static String named(Set<VolumeId> volumes) {
    String first = Layout.volume(volumes.iterator().next());
    return volumes.size() == 1 ? first : first + " and " + (volumes.size() - 1) + " more";
  }
}
