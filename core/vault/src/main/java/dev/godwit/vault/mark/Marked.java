package dev.godwit.vault.mark;

import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.IdSet;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultFiles;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * All volumes and lists that are about to be removed. To whoever begins to write a snapshot while a
 * mark is there, they count as gone.
 */
public final class Marked {
  /** Nothing is. */
  public static final Marked NOTHING = new Marked();

  private final IdSet volumes = new IdSet();
  private final IdSet lists = new IdSet();
  private final Set<String> names = new HashSet<>();

  private Marked() {}

  /**
   * Reads every mark of a vault.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if one is bent or forged
   */
  public static Marked read(VaultFiles files) {
    Marked marked = new Marked();
    for (String path : MarkFile.paths(files.storage())) {
      MarkFile.read(files, path).ifPresent(marked::add);
    }
    return marked;
  }

  private void add(MarkFile mark) {
    names.add(mark.path());
    for (MarkFile.Going file : mark.files()) {
      Optional<VolumeId> volume = Layout.volumeAt(file.path());
      if (volume.isPresent()) {
        volumes.add(volume.get());
      } else {
        Layout.listAt(file.path()).ifPresent(lists::addList);
      }
    }
  }

  /** Whether these are of no other marks than those. */
  public boolean isWithin(Marked others) {
    return others.names.containsAll(names);
  }

  /** Whether a volume is about to be removed. */
  public boolean goes(VolumeId volume) {
    return volumes.contains(volume);
  }

  /** Whether a list is about to be removed. */
  public boolean goes(String list) {
    return lists.containsList(list);
  }
}
