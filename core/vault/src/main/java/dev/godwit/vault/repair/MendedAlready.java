package dev.godwit.vault.repair;

import dev.godwit.vault.Manifest;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Knows a snapshot again that a repair has mended before it was stopped: the mended one has its
 * time, and lacks what it would lack now. In an encrypted vault no two runs make the same file.
 */
final class MendedAlready {
  private final VaultFiles files;
  private final Map<String, List<String>> byTime;

  /**
   * Among manifests that nothing is wrong with.
   *
   * @param sound the paths of these
   */
  MendedAlready(VaultFiles files, Set<String> sound) {
    this.files = files;
    this.byTime = sound.stream().collect(Collectors.groupingBy(MendedAlready::time));
  }

  private static String time(String path) {
    return path.substring(Layout.SNAPSHOTS.length(), path.lastIndexOf('-'));
  }

  /** What is to be done about a finding, now that this is known. */
  Finding look(Finding finding) {
    return finding instanceof Finding.Mended mended
        ? find(mended)
            .<Finding>map(by -> new Finding.Replaced(mended.id(), mended.path(), by))
            .orElse(mended)
        : finding;
  }

  private Optional<String> find(Finding.Mended mended) {
    return byTime.getOrDefault(time(mended.path()), List.of()).stream()
        .map(path -> ManifestFile.read(files, path))
        .filter(manifest -> isSame(mended, manifest))
        .map(Manifest::id)
        .findFirst();
  }

  private static boolean isSame(Finding.Mended mended, Manifest found) {
    Manifest old = mended.manifest();
    Set<String> missing = names(old.leftOut());
    mended.lost().keySet().forEach(name -> missing.add(name.toString()));
    mended.definitionsLost().forEach(why -> missing.add(SnapshotMending.DEFINITIONS));
    return identity(found).equals(identity(old)) && names(found.leftOut()).equals(missing);
  }

  private static List<Object> identity(Manifest manifest) {
    return List.of(
        manifest.source(),
        manifest.origin(),
        manifest.scope(),
        manifest.point(),
        manifest.started(),
        manifest.finished(),
        manifest.tags(),
        manifest.copiedFrom());
  }

  private static Set<String> names(List<Manifest.LeftOut> leftOut) {
    return new TreeSet<>(leftOut.stream().map(Manifest.LeftOut::dataset).toList());
  }
}
