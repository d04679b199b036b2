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
  private final IdSet tables = new IdSet();
  private final Set<String> names = new HashSet<>();

  /** Those of no mark yet. */
  public Marked() {}

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

  /** Adds those of a mark; by one thread, before anybody else asks. */
  public void add(MarkFile mark) {
    names.add(mark.path());
    for (MarkFile.Going file : mark.files()) {
      Optional<VolumeId> volume = Layout.volumeAt(file.path());
      if (volume.isPresent()) {
        volumes.add(volume.get());
      } else {
        Layout.listAt(file.path()).ifPresent(lists::addList);
        Layout.movedAt(file.path()).ifPresent(tables::add);
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

  /** Whether a file that a mark may name is about to be removed. */
  public boolean goes(MarkFile.Going file) {
    Optional<VolumeId> volume = Layout.volumeAt(file.path());
    if (volume.isPresent()) {
      return goes(volume.get());
    }
    return Layout.listAt(file.path()).filter(this::goes).isPresent()
        || Layout.movedAt(file.path()).filter(this::goesTable).isPresent();
  }

  /** Whether the table of what was moved out of a volume is about to be removed. */
  public boolean goesTable(VolumeId old) {
    return tables.contains(old);
  }

  /** Whether a list is about to be removed. */
  public boolean goes(String list) {
    return lists.containsList(list);
  }
}
