package dev.godwit.vault.file;

import dev.godwit.vault.block.VolumeId;
import java.util.Optional;
import java.util.Set;

/** The paths of a vault's files, as VAULT-FORMAT.md lays them down. */
public final class Layout {
  /** What makes a place a vault. */
  public static final String VAULT = "vault.json";

  /** The folder of volumes. */
  public static final String VOLUMES = "volumes";

  /** The folder of manifests. */
  public static final String SNAPSHOTS = "snapshots";

  /** The folder of lists. */
  public static final String LISTS = "lists";

  /** The folder of the index. */
  public static final String INDEX = "index";

  /** The folder of locks. */
  public static final String LOCKS = "locks";

  private static final String KEYS = "keys";

  /** The folder of writers' keys, each sealed for readers. */
  public static final String WRITERS = KEYS + "/writers";

  /** The folder of files that are not finished. */
  public static final String WORK = "work";

  /** The folder of the audit: a folder for each writer's chain. */
  public static final String AUDIT = "audit";

  /** The folder of what prune is about to remove. */
  public static final String MARKS = "marks";

  /** The folder of tables that say where the blocks of rewritten volumes lie now. */
  public static final String MOVED = "moved";

  /** The folder of bundles of manifests. */
  public static final String BUNDLES = "bundles";

  /** The folder of pins. */
  public static final String PINS = "pins";

  /** Every folder that a vault may hold. */
  public static final Set<String> FOLDERS =
      Set.of(
          VOLUMES, SNAPSHOTS, LISTS, INDEX, LOCKS, KEYS, WORK, AUDIT, MARKS, MOVED, PINS, BUNDLES);

  private static final String VOLUME_END = ".gwv";

  private Layout() {}

  /** Where a volume lies. */
  public static String volume(VolumeId id) {
    String hex = id.toString();
    return VOLUMES + '/' + hex.substring(0, 2) + '/' + hex + VOLUME_END;
  }

  /** Which volume lies at a path; nothing if the path is no volume's. */
  public static Optional<VolumeId> volumeAt(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (!name.matches("[0-9a-f]{32}\\.gwv")) {
      return Optional.empty();
    }
    VolumeId id = VolumeId.parse(name.substring(0, 32));
    return volume(id).equals(path) ? Optional.of(id) : Optional.empty();
  }

  /** Where the sealed key of a writer lies. */
  public static String writer(String id) {
    return WRITERS + '/' + id + ".json";
  }

  /** Where a list lies. */
  public static String list(String id) {
    return LISTS + '/' + id.substring(0, 2) + '/' + id;
  }

  /** Whether a text can be the id of a list. */
  public static boolean isListId(String id) {
    return id != null && id.matches("[0-9a-f]{64}");
  }

  /** The id of the list that lies there; nothing where the path is none of a list. */
  public static Optional<String> listAt(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return isListId(name) && list(name).equals(path) ? Optional.of(name) : Optional.empty();
  }

  /** Where it stands what became of the blocks of a volume that was rewritten. */
  public static String moved(VolumeId id) {
    String hex = id.toString();
    return MOVED + '/' + hex.substring(0, 2) + '/' + hex;
  }

  /** Which volume's blocks are told of at a path; nothing if the path is no such table's. */
  public static Optional<VolumeId> movedAt(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (!name.matches("[0-9a-f]{32}")) {
      return Optional.empty();
    }
    VolumeId id = VolumeId.parse(name);
    return moved(id).equals(path) ? Optional.of(id) : Optional.empty();
  }
}
