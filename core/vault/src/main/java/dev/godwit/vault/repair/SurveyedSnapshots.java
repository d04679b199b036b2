package dev.godwit.vault.repair;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.AskedAhead;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ForeignManifest;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.Groups;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which snapshots there are, what is wrong with them, and which lists are bent. */
final class SurveyedSnapshots {
  private final VaultFiles files;
  private final Storage storage;
  private final Cancellation cancellation;
  private final AskedAhead ahead;
  private final VaultFiles near;
  private final Survey survey;
  private final Set<String> manifests;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();

  /**
   * Looks at every snapshot.
   *
   * @param readData whether every list is read, or only those that snapshots name
   */
  SurveyedSnapshots(
      VaultFiles files, Salvage salvage, boolean readData, Cancellation cancellation) {
    this.files = files;
    this.storage = files.storage();
    this.cancellation = cancellation;
    this.ahead = new AskedAhead(storage);
    this.near = files.through(ahead);
    this.survey = Survey.of(near, salvage, cancellation);
    this.manifests = new LinkedHashSet<>(new Snapshots(files).paths());
    lookAtSnapshots();
    passOverDropped();
    knowMended();
    if (readData) {
      lookAtLists();
    }
  }

  private void lookAtSnapshots() {
    for (List<String> some : Groups.of(List.copyOf(manifests))) {
      cancellation.check();
      ahead.ask(some);
      if (storage.isRemote()) { // near by, they would be parsed once more for nothing
        ahead.ask(listsOf(some));
      }
      for (String path : some) {
        cancellation.check();
        Optional<Finding> finding = survey.look(path);
        if (finding.isPresent() && ForeignManifest.isAt(near, path)) {
          foreign.add(path);
        } else {
          finding.ifPresent(findings::add);
        }
      }
      ahead.forget();
    }
  }

  /** The lists that manifests name, as far as those can be read. */
  private List<String> listsOf(List<String> some) {
    List<String> lists = new ArrayList<>();
    for (String path : some) {
      try {
        SnapshotHead head = ManifestFile.head(near, path);
        Stream.of(Optional.of(head.contents()), head.references(), head.objects())
            .flatMap(Optional::stream)
            .filter(Layout::isListId)
            .forEach(id -> lists.add(Layout.list(id)));
      } catch (GodwitException e) {
        // Told by whoever looks at the snapshot.
      }
    }
    return lists;
  }

  /** Those that a prune dropped, beside a dry run. */
  private void passOverDropped() {
    Set<String> left = Set.copyOf(new Snapshots(files).paths());
    findings.removeIf(finding -> !left.contains(finding.path()));
  }

  private void knowMended() {
    Set<String> sound = new HashSet<>(manifests);
    findings.forEach(finding -> sound.remove(finding.path()));
    foreign.forEach(sound::remove);
    findings.replaceAll(new MendedAlready(files, sound)::look);
  }

  private void lookAtLists() {
    for (List<String> some : Groups.of(lists())) {
      ahead.ask(some);
      for (String path : some) {
        cancellation.check();
        Layout.listAt(path).ifPresent(survey::noteIfBent);
      }
      ahead.forget();
    }
  }

  private List<String> lists() {
    try (Stream<StoredFile> listed = storage.list(Layout.LISTS)) {
      return listed.map(StoredFile::path).sorted().toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.LISTS, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.LISTS, e.getCause());
    }
  }

  /** The paths of the manifests that were there. */
  Set<String> manifests() {
    return manifests;
  }

  /** What is wrong with them, oldest first. */
  List<Finding> findings() {
    return findings;
  }

  /** The paths of manifests of other vaults, which may be as whole as they were. */
  List<String> foreign() {
    return List.copyOf(foreign);
  }

  /** The paths of lists that are there and bent. */
  List<String> bentLists() {
    return List.copyOf(survey.bentLists());
  }
}
