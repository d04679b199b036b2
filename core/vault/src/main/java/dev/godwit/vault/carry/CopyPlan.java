package dev.godwit.vault.carry;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Source;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotChoice;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.AskedAhead;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.OriginMark;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.Groups;
import dev.godwit.vault.storage.StorageFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a copy will do: one step for each snapshot that was asked for, oldest first. A snapshot is
 * known again in the target by where it was first made, so that copies of copies are told too.
 */
public final class CopyPlan {
  private final VaultFiles source;
  private final VaultFiles target;
  private final Map<String, SnapshotHead> there = new HashMap<>();

  /**
   * Reads the heads of the target's manifests, for which a writer's key is enough.
   *
   * @param warnings told of manifests there that cannot be read
   * @throws GodwitException {@code USAGE} where both are in one place, {@code WRONG_KEY} where the
   *     keys at hand do not read the source
   */
  public CopyPlan(VaultFiles source, VaultFiles target, Consumer<String> warnings) {
    refuseOnePlace(source, target);
    source.requireReading();
    this.source = source;
    this.target = target;
    AskedAhead ahead = new AskedAhead(target.storage());
    VaultFiles near = target.through(ahead);
    for (List<String> some : Groups.of(new Snapshots(target).paths())) {
      ahead.ask(some);
      some.forEach(path -> note(near, path, warnings));
      ahead.forget();
    }
  }

  private static void refuseOnePlace(VaultFiles source, VaultFiles target) {
    if (target.vaultId().equals(source.vaultId())
        && SamePlace.are(source.storage(), target.storage())) {
      String one = source.storage().display();
      String other = target.storage().display();
      throw new GodwitException(
          ExitCode.USAGE,
          "both vaults are " + one + (other.equals(one) ? "" : ", also known as " + other),
          "name another vault to copy into");
    }
  }

  private void note(VaultFiles near, String path, Consumer<String> warnings) {
    try {
      SnapshotHead head = ManifestFile.head(near, path);
      String mark =
          head.copiedFrom()
              .orElseGet(
                  () -> OriginMark.of(target, new Manifest.Origin(target.vaultId(), head.id())));
      there.merge(mark, head, CopyPlan::better);
    } catch (GodwitException e) {
      if (e.exitCode() != ExitCode.DAMAGED) {
        throw e;
      }
      if (!StorageFailure.isOfMissing(e)) { // not dropped by a prune since it was listed
        warnings.accept(String.valueOf(e.getMessage()));
      }
    }
  }

  private static SnapshotHead better(SnapshotHead one, SnapshotHead other) {
    return one.complete() ? one : other;
  }

  /**
   * The steps.
   *
   * @throws GodwitException {@code NO_SUCH} or {@code USAGE} where a choice names no snapshot
   */
  public List<CopyStep> steps(CopyChoice choice) {
    List<CopyStep> steps = new ArrayList<>();
    Set<String> chosen = chosen(choice);
    AskedAhead ahead = new AskedAhead(source.storage());
    VaultFiles near = source.through(ahead);
    List<String> paths =
        new Snapshots(source)
            .paths().stream()
                .filter(path -> choice.which().isEmpty() || chosen.contains(id(path)))
                .toList();
    for (List<String> some : Groups.of(paths)) {
      ahead.ask(some);
      for (String path : some) {
        step(near, path).ifPresent(steps::add);
      }
      ahead.forget();
    }
    Predicate<Source> called = called(choice, steps);
    steps.removeIf(step -> manifest(step).filter(m -> !isWanted(m, choice, called)).isPresent());
    if (steps.isEmpty() && (choice.source().isPresent() || choice.tag().isPresent())) {
      throw new GodwitException(
          ExitCode.NO_SUCH,
          source.storage().display()
              + " holds no snapshot"
              + choice.source().map(s -> " of the source '" + s + "'").orElse("")
              + choice.tag().map(t -> " with the tag '" + t + "'").orElse(""),
          "'godwit list' shows sources and tags");
    }
    return steps;
  }

  private static String id(String path) {
    return ManifestFile.idAt(path).orElseThrow();
  }

  private Set<String> chosen(CopyChoice choice) {
    Set<String> ids = new HashSet<>();
    for (String which : choice.which()) {
      ids.add(new Snapshots(source).find(new SnapshotChoice(which, choice.source())).id());
    }
    return ids;
  }

  private Optional<CopyStep> step(VaultFiles near, String path) {
    try {
      Manifest manifest = ManifestFile.read(near, path);
      SnapshotHead same = there.get(OriginMark.of(target, manifest.firstMade(source.vaultId())));
      // One that lost some of it over there, and was mended without, is copied again.
      return Optional.of(
          same == null || (manifest.complete() && !same.complete())
              ? new CopyStep.ToCopy(manifest)
              : new CopyStep.There(manifest, same.id()));
    } catch (GodwitException e) {
      if (e.exitCode() != ExitCode.DAMAGED) {
        throw e;
      }
      return StorageFailure.isOfMissing(e)
          ? Optional.empty()
          : Optional.of(new CopyStep.Damaged(id(path), String.valueOf(e.getMessage())));
    }
  }

  private static Predicate<Source> called(CopyChoice choice, List<CopyStep> steps) {
    return choice
        .source()
        .map(
            name ->
                Source.called(
                    name,
                    steps.stream().flatMap(step -> manifest(step).stream()).map(Manifest::source)))
        .orElse(source -> true);
  }

  /** Whose a damaged one is, nobody can say: it is told with any. */
  private static Optional<Manifest> manifest(CopyStep step) {
    if (step instanceof CopyStep.ToCopy copy) {
      return Optional.of(copy.manifest());
    }
    return step instanceof CopyStep.There there ? Optional.of(there.manifest()) : Optional.empty();
  }

  private static boolean isWanted(Manifest manifest, CopyChoice choice, Predicate<Source> called) {
    return called.test(manifest.source())
        && choice.tag().map(manifest.tags()::contains).orElse(true);
  }
}
