package dev.godwit.vault.repair;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.FrameSource;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.carry.StoredFrames;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.frame.Frames;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.Groups;
import dev.godwit.vault.storage.Present;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.ForeignVolume;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;

/** Which volumes there are, and which of them are bent, or of another vault. */
final class SurveyedVolumes {
  private final VaultFiles files;
  private final Storage storage;
  private final StoredFrames frames;
  private final FrameSource seals;
  private final boolean readData;
  private final PluginContext context;
  private final Map<VolumeId, Long> sizes = new HashMap<>();
  private final Map<VolumeId, String> bent = new LinkedHashMap<>();
  private final Set<VolumeId> foreign = new LinkedHashSet<>();
  private final Map<VolumeId, String> owners = new LinkedHashMap<>();
  private final List<Domain> domains;

  /**
   * Looks at every volume.
   *
   * @param domains whose keys are at hand; none where the vault is not encrypted
   * @param readData whether every block is read, or only headers and footers
   * @param progress told the stored bytes that were read
   */
  SurveyedVolumes(
      VaultFiles files,
      List<Domain> domains,
      boolean readData,
      PluginContext context,
      Consumer<Long> progress) {
    this.files = files;
    this.domains = domains;
    this.storage = files.storage();
    this.readData = readData;
    this.context = context;
    this.frames = new StoredFrames(files, context.allocator());
    this.seals = files.isReadable() ? Frames.opening(files) : FrameSource.plain();
    for (List<StoredFile> some : Groups.of(listed())) {
      context.cancellation().check();
      List<Looked> looked = SeveralAtOnce.of(storage, some, this::look);
      for (Looked one : looked) {
        survey(one);
        progress.accept(one.file().size());
      }
    }
  }

  private List<StoredFile> listed() {
    try (Stream<StoredFile> listed = storage.list(Layout.VOLUMES)) {
      return listed.filter(file -> Layout.volumeAt(file.path()).isPresent()).toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.VOLUMES, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.VOLUMES, e.getCause());
    }
  }

  /** A volume's table, or why there is none. */
  private record Looked(
      VolumeId id, StoredFile file, Optional<VolumeTable> table, Optional<Exception> failure) {}

  private Looked look(StoredFile file) {
    VolumeId id = Layout.volumeAt(file.path()).orElseThrow();
    try {
      VolumeTable table =
          readData
              ? VolumeTable.read(files, id, file.size())
              : VolumeTable.readAlone(files, id, file.size());
      return new Looked(id, file, Optional.of(table), Optional.empty());
    } catch (IOException | DamagedBlockException e) {
      return new Looked(id, file, Optional.empty(), Optional.of(e));
    }
  }

  private void survey(Looked looked) {
    VolumeId id = looked.id();
    StoredFile file = looked.file();
    sizes.put(id, file.size());
    try {
      if (looked.failure().orElse(null) instanceof DamagedBlockException e) {
        throw e;
      } else if (looked.failure().orElse(null) instanceof IOException e) {
        throw e;
      }
      VolumeTable table = looked.table().orElseThrow();
      for (int i = 0; i < table.size(); i++) {
        context.cancellation().check();
        BlockRef block = table.block(i);
        if (readData && !isWhole(block)) {
          throw new DamagedBlockException("has a bent block at " + block.offset());
        }
      }
      owner(table).ifPresent(owner -> owners.put(id, owner));
    } catch (DamagedBlockException e) {
      if (find(id).isEmpty()) {
        sizes.remove(id);
      } else if (isForeign(file)) {
        foreign.add(id);
      } else {
        bent.put(id, e.getMessage());
      }
    } catch (NoSuchFileException e) {
      sizes.remove(id); // by a prune beside a dry run
    } catch (IOException e) {
      throw StorageFailure.reading(storage, file.path(), e);
    }
  }

  private boolean isForeign(StoredFile file) {
    try {
      VolumeId id = Layout.volumeAt(file.path()).orElseThrow();
      return ForeignVolume.isAt(files, id, file.size());
    } catch (IOException e) {
      throw StorageFailure.reading(storage, file.path(), e);
    }
  }

  private Optional<String> owner(VolumeTable table) {
    return files.writing().isEmpty()
        ? Optional.of("")
        : domains.stream().filter(table::isOf).map(Domain::name).findFirst();
  }

  private Optional<StoredFile> find(VolumeId id) {
    return Present.find(storage, Layout.volume(id));
  }

  /** Looks at a volume that came to be since, as a prune beside a dry run makes them. */
  void lookIfNew(VolumeId id) {
    if (!sizes.containsKey(id)) {
      find(id).ifPresent(file -> survey(look(file)));
    }
  }

  /** The size of a volume's file; nothing where there is none. */
  Optional<Long> size(VolumeId id) {
    return Optional.ofNullable(sizes.get(id));
  }

  /**
   * Those that are sound and whose keys are at hand, each with the name of its domain; of a vault
   * that is not encrypted all, with no name.
   */
  Map<VolumeId, String> owners() {
    return owners;
  }

  /** Those that are sound and whose keys are not at hand. */
  Stream<VolumeId> ofOthers() {
    return sizes.keySet().stream().filter(id -> isSound(id) && !owners.containsKey(id));
  }

  /** Those that are bent, and how. */
  Map<VolumeId, String> bent() {
    return bent;
  }

  /** Those of another vault, which may be as whole as they were. */
  Set<VolumeId> foreign() {
    return foreign;
  }

  boolean isSound(VolumeId id) {
    return sizes.containsKey(id) && !bent.containsKey(id) && !foreign.contains(id);
  }

  /**
   * Reads a block and looks whether it is what was written: its checksum, and that it opens, where
   * it was sealed and the keys at hand read it.
   */
  boolean isWhole(BlockRef block) {
    try (ArrowBuf stored = frames.read(block)) {
      var unused = seals.unseal(block, stored.nioBuffer(0, block.length()));
      return true;
    } catch (DamagedBlockException e) {
      return false;
    } catch (GodwitException e) {
      if (e.exitCode() == ExitCode.DAMAGED) {
        return false;
      }
      throw e;
    }
  }
}
