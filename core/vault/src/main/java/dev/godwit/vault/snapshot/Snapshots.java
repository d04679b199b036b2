package dev.godwit.vault.snapshot;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.store.Source;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotChoice;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.storage.StorageFailure;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The snapshots that a vault holds. */
public final class Snapshots {
  private static final int LEAST_DIGITS = 4;

  private final VaultFiles files;
  private final Storage storage;

  /** Those of a vault. */
  public Snapshots(VaultFiles files) {
    this.files = files;
    this.storage = files.storage();
  }

  /** The paths of all manifests, oldest first. */
  public List<String> paths() {
    return ManifestFile.paths(storage);
  }

  /** Every snapshot, oldest first. */
  public List<Manifest> all() {
    return each(ManifestFile::read);
  }

  /** What is known of every snapshot without reading it, oldest first. */
  public List<SnapshotHead> heads() {
    return each(ManifestFile::head);
  }

  /** Every snapshot whose manifest is not bent, oldest first. */
  public List<Manifest> all(Consumer<GodwitException> bent) {
    return eachWhole(ManifestFile::read, bent);
  }

  /** What is known of each of these without reading it, oldest first. */
  public List<SnapshotHead> heads(Consumer<GodwitException> bent) {
    return eachWhole(ManifestFile::head, bent);
  }

  /** What was read, or why it could not be; neither where it is gone. */
  private record Read<T>(Optional<T> whole, Optional<GodwitException> bent) {}

  private <T> List<T> eachWhole(
      BiFunction<VaultFiles, String, T> reading, Consumer<GodwitException> bent) {
    List<Read<T>> all = SeveralAtOnce.of(storage, paths(), path -> orBent(reading, path));
    all.forEach(read -> read.bent().ifPresent(bent));
    return all.stream().flatMap(read -> read.whole().stream()).toList();
  }

  private <T> Read<T> orBent(BiFunction<VaultFiles, String, T> reading, String path) {
    try {
      return new Read<>(unlessGone(reading, path), Optional.empty());
    } catch (GodwitException e) {
      if (e.exitCode() == ExitCode.DAMAGED) {
        return new Read<>(Optional.empty(), Optional.of(e));
      }
      throw e;
    }
  }

  /** Those that are there still: a prune may remove one between the list and the look at it. */
  private <T> List<T> each(BiFunction<VaultFiles, String, T> reading) {
    return SeveralAtOnce.of(storage, paths(), path -> unlessGone(reading, path)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private <T> Optional<T> unlessGone(BiFunction<VaultFiles, String, T> reading, String path) {
    try {
      return Optional.of(reading.apply(files, path));
    } catch (GodwitException e) {
      if (StorageFailure.isOfMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The time of the newest snapshot. */
  Optional<Instant> newest() {
    List<String> paths = paths();
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(ManifestFile.timeAt(paths.get(paths.size() - 1)));
  }

  /** The snapshot that is meant, as {@link dev.godwit.vault.Vault#find} says. */
  public Manifest find(SnapshotChoice choice) {
    if (choice.which().equals("latest")) {
      return newest(choice, Manifest::complete, "complete snapshot");
    }
    if (choice.which().startsWith("tag:")) {
      String tag = choice.which().substring("tag:".length());
      return newest(choice, m -> m.tags().contains(tag), "snapshot with the tag '" + tag + "'");
    }
    return byId(choice);
  }

  private Manifest newest(SnapshotChoice choice, Predicate<Manifest> wanted, String what) {
    List<Manifest> all = all(Snapshots::refuseBent);
    List<Manifest> mine = ofSource(all, choice.source());
    refuseSeveralSources(mine);
    return mine.stream()
        .filter(wanted)
        .reduce(Snapshots::newer)
        .orElseThrow(() -> none(what, choice, mine));
  }

  /** Of one moment are a snapshot that a repair mended and the whole one that a copy brought. */
  private static Manifest newer(Manifest one, Manifest next) {
    boolean isLess = one.complete() && !next.complete();
    return isLess && one.finished().equals(next.finished()) ? one : next;
  }

  /** It may be the one that is meant, which only who names another by its id says it is not. */
  private static void refuseBent(GodwitException bent) {
    throw new GodwitException(
        ExitCode.DAMAGED,
        bent.getMessage(),
        "'godwit list' shows the others, each of which can be named by its id; 'godwit check' says"
            + " what is damaged",
        bent.getCause());
  }

  private List<Manifest> ofSource(List<Manifest> manifests, Optional<String> source) {
    if (source.isEmpty()) {
      return manifests;
    }
    Predicate<Source> meant = Source.called(source.get(), manifests.stream().map(Manifest::source));
    List<Manifest> mine = manifests.stream().filter(m -> meant.test(m.source())).toList();
    if (mine.isEmpty() && !manifests.isEmpty()) {
      throw new GodwitException(
          ExitCode.NO_SUCH,
          storage.display() + " holds no snapshot of the source '" + source.get() + "'",
          "sources are " + sources(manifests));
    }
    return mine;
  }

  private void refuseSeveralSources(List<Manifest> manifests) {
    if (manifests.stream().map(m -> m.source().id()).distinct().count() > 1) {
      throw new GodwitException(
          ExitCode.USAGE,
          storage.display() + " holds snapshots of several sources",
          "say whose with --source: " + sources(manifests));
    }
  }

  private static String sources(List<Manifest> manifests) {
    TreeSet<String> ids = new TreeSet<>();
    manifests.forEach(m -> ids.add(m.source().id()));
    return shorten(List.copyOf(ids));
  }

  private static String shorten(List<String> words) {
    int most = 20;
    String shown = String.join(", ", words.subList(0, Math.min(most, words.size())));
    return words.size() > most ? shown + " and " + (words.size() - most) + " more" : shown;
  }

  private GodwitException none(String what, SnapshotChoice choice, List<Manifest> there) {
    String whose = choice.source().map(s -> " of the source '" + s + "'").orElse("");
    if (there.isEmpty()) {
      return new GodwitException(
          ExitCode.NO_SUCH,
          storage.display() + " holds no snapshot" + whose,
          "make one with 'godwit backup'");
    }
    List<String> ids =
        there.stream()
            .sorted(Comparator.comparing(Manifest::finished).reversed())
            .map(m -> m.id() + (m.complete() ? "" : " (not complete)"))
            .toList();
    return new GodwitException(
        ExitCode.NO_SUCH,
        storage.display() + " holds no " + what + whose,
        "name one with --snapshot: " + shorten(ids));
  }

  /**
   * Reads only the manifests that the name matches, so that a bent one elsewhere is no hindrance.
   */
  private Manifest byId(SnapshotChoice choice) {
    String prefix = choice.which();
    if (!prefix.matches("[0-9a-f]{" + LEAST_DIGITS + ",16}")) {
      throw new GodwitException(
          ExitCode.USAGE,
          "'" + prefix + "' names no snapshot",
          "a snapshot is 'latest', at least " + LEAST_DIGITS + " digits of an id, or 'tag:WORD'");
    }
    List<String> paths = paths();
    List<Manifest> named =
        paths.stream()
            .filter(path -> idAt(path).startsWith(prefix))
            .map(path -> ManifestFile.read(files, path))
            .toList();
    List<Manifest> matching =
        named.stream().filter(m -> choice.source().map(m.source()::isCalled).orElse(true)).toList();
    if (matching.size() > 1) {
      throw new GodwitException(
          ExitCode.USAGE,
          "several snapshots in " + storage.display() + " begin with '" + prefix + "'",
          "give more digits: " + shorten(matching.stream().map(Manifest::id).toList()));
    }
    if (matching.isEmpty()) {
      String whose = choice.source().map(s -> " of the source '" + s + "'").orElse("");
      throw new GodwitException(
          ExitCode.NO_SUCH,
          storage.display() + " holds no snapshot '" + prefix + "'" + whose,
          named.isEmpty()
              ? there(paths, choice.source())
              : "it is of the source '"
                  + named.get(0).source().id()
                  + "': name that one with --source, or leave it out");
    }
    return matching.get(0);
  }

  /** A hint at what there is. */
  private String there(List<String> paths, Optional<String> source) {
    if (paths.isEmpty()) {
      return "make one with 'godwit backup'";
    }
    if (source.isEmpty()) {
      return "snapshots are " + shorten(paths.stream().map(Snapshots::idAt).toList());
    }
    List<Manifest> whole =
        SeveralAtOnce.of(storage, paths, this::unlessBent).stream()
            .flatMap(Optional::stream)
            .toList();
    List<String> ids =
        whole.stream().filter(m -> m.source().isCalled(source.get())).map(Manifest::id).toList();
    return ids.isEmpty() ? "sources are " + sources(whole) : "its snapshots are " + shorten(ids);
  }

  private static String idAt(String path) {
    return ManifestFile.idAt(path).orElse("");
  }

  private Optional<Manifest> unlessBent(String path) {
    try {
      return Optional.of(ManifestFile.read(files, path));
    } catch (GodwitException e) {
      return Optional.empty(); // a hint names the others
    }
  }
}
