package dev.godwit.vault.prune;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.plane.KnownDomains;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.WriterDomain;
import dev.godwit.vault.prune.SparseVolumes.Sparse;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.CopiedVolume;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All in whose stead volumes can be written anew: in a plain vault everybody is one, in an
 * encrypted vault each domain whose keys are at hand. Used by one thread.
 */
final class Owners {
  /** A row of the table. */
  private static final int PLAIN = 64;

  /** A row of the table, and a key in the header. */
  private static final int SEALED = 144;

  private final VaultFiles files;
  private final List<? extends Owner> all;

  private Owners(VaultFiles files, List<? extends Owner> all) {
    this.files = files;
    this.all = all;
  }

  /** Those of a vault with these snapshots. */
  static Owners of(
      VaultFiles files, Collection<SnapshotHead> snapshots, Consumer<String> warnings) {
    if (files.writing().isEmpty()) {
      return new Owners(files, List.of(new Everybody(files, warnings)));
    }
    Set<String> sources = new TreeSet<>();
    snapshots.forEach(snapshot -> sources.add(snapshot.source().id()));
    List<WriterDomain> domains =
        KnownDomains.of(files, sources, (path, e) -> warnings.accept(e.getMessage()));
    Set<String> folders = indexFolders(files.storage());
    return new Owners(
        files,
        domains.stream()
            .map(d -> new OneDomain(files, d, folders.contains(d.domain().name()), warnings))
            .toList());
  }

  /** The names of domains that have an index. */
  private static Set<String> indexFolders(Storage storage) {
    try (Stream<StoredFile> listed = storage.list(Layout.INDEX)) {
      return listed
          .map(file -> file.path().split("/"))
          .filter(parts -> parts.length == 3)
          .map(parts -> parts[1])
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.INDEX, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.INDEX, e.getCause());
    }
  }

  /**
   * Whose a volume is; nothing where his keys are not at hand.
   *
   * @throws DamagedBlockException if that cannot be told, because it is bent
   */
  Optional<Owner> of(Sparse volume) throws IOException, DamagedBlockException {
    if (files.writing().isEmpty()) {
      return Optional.of(all.get(0)); // nothing of it need be read
    }
    VolumeTable table = VolumeTable.read(files, volume.id(), volume.size());
    return all.stream().filter(owner -> owner.owns(table)).map(Owner.class::cast).findFirst();
  }

  /** What a block costs beyond its frame, in bytes, at most. */
  int overhead() {
    return files.writing().isPresent() ? SEALED : PLAIN;
  }

  /** Makes every index at hand anew that names volumes which are gone. */
  void drop(Predicate<VolumeId> isGone) {
    all.stream().filter(Owner::hasIndex).forEach(owner -> owner.index().drop(isGone));
  }

  /** In a plain vault. */
  private static final class Everybody implements Owner {
    private final VaultFiles files;
    private final Consumer<String> warnings;
    private BlockIndex index;

    Everybody(VaultFiles files, Consumer<String> warnings) {
      this.files = files;
      this.warnings = warnings;
    }

    @Override
    public boolean owns(VolumeTable volume) {
      return true;
    }

    @Override
    public int overhead() {
      return PLAIN;
    }

    @Override
    public CopiedVolume begin(List<byte[]> keys) throws IOException {
      return CopiedVolume.plain(files.storage());
    }

    @Override
    public BlockIndex index() {
      if (index == null) {
        index = BlockIndex.open(files.begin("prune"), warnings);
      }
      return index;
    }

    @Override
    public boolean hasIndex() {
      return true;
    }
  }

  /** One writer's volumes of one source. */
  private static final class OneDomain implements Owner {
    private final VaultFiles files;
    private final WriterDomain domain;
    private final boolean indexed;
    private final Consumer<String> warnings;
    private BlockIndex index;

    OneDomain(VaultFiles files, WriterDomain domain, boolean indexed, Consumer<String> warnings) {
      this.files = files;
      this.domain = domain;
      this.indexed = indexed;
      this.warnings = warnings;
    }

    @Override
    public boolean owns(VolumeTable volume) {
      return volume.isOf(domain.domain());
    }

    @Override
    public int overhead() {
      return SEALED;
    }

    @Override
    public CopiedVolume begin(List<byte[]> keys) throws IOException {
      return CopiedVolume.sealed(files, domain, keys);
    }

    @Override
    public BlockIndex index() {
      if (index == null) {
        index = BlockIndex.open(files.storage(), domain.domain(), warnings);
      }
      return index;
    }

    @Override
    public boolean hasIndex() {
      return indexed || index != null;
    }
  }
}
