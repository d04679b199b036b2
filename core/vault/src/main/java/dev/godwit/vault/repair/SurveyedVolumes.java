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
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.Present;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;

/** Which volumes there are, and which of them are bent. */
final class SurveyedVolumes {
  private final VaultFiles files;
  private final Storage storage;
  private final StoredFrames frames;
  private final FrameSource seals;
  private final boolean readData;
  private final PluginContext context;
  private final Map<VolumeId, Long> sizes = new HashMap<>();
  private final Map<VolumeId, String> bent = new LinkedHashMap<>();

  /**
   * Looks at every volume.
   *
   * @param readData whether every block is read, or only headers and footers
   * @param progress told the stored bytes that were read
   */
  SurveyedVolumes(
      VaultFiles files, boolean readData, PluginContext context, Consumer<Long> progress) {
    this.files = files;
    this.storage = files.storage();
    this.readData = readData;
    this.context = context;
    this.frames = new StoredFrames(files, context.allocator());
    this.seals = files.isReadable() ? Frames.opening(files) : FrameSource.plain();
    try (Stream<StoredFile> listed = storage.list(Layout.VOLUMES)) {
      listed.forEach(
          file -> {
            context.cancellation().check();
            Layout.volumeAt(file.path()).ifPresent(id -> survey(id, file));
            progress.accept(file.size());
          });
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.VOLUMES, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.VOLUMES, e.getCause());
    }
  }

  private void survey(VolumeId id, StoredFile file) {
    sizes.put(id, file.size());
    try {
      VolumeTable table = VolumeTable.read(files, id, file.size());
      for (int i = 0; i < table.size(); i++) {
        context.cancellation().check();
        BlockRef block = table.block(i);
        if (readData && !isWhole(block)) {
          throw new DamagedBlockException("has a bent block at " + block.offset());
        }
      }
    } catch (DamagedBlockException e) {
      if (find(id).isPresent()) {
        bent.put(id, e.getMessage());
      } else {
        sizes.remove(id);
      }
    } catch (NoSuchFileException e) {
      sizes.remove(id); // by a prune beside a dry run
    } catch (IOException e) {
      throw StorageFailure.reading(storage, file.path(), e);
    }
  }

  private Optional<StoredFile> find(VolumeId id) {
    return Present.find(storage, Layout.volume(id));
  }

  /** Looks at a volume that came to be since, as a prune beside a dry run makes them. */
  void lookIfNew(VolumeId id) {
    if (!sizes.containsKey(id)) {
      find(id).ifPresent(file -> survey(id, file));
    }
  }

  /** The size of a volume's file; nothing where there is none. */
  Optional<Long> size(VolumeId id) {
    return Optional.ofNullable(sizes.get(id));
  }

  /** Those that are bent, and how. */
  Map<VolumeId, String> bent() {
    return bent;
  }

  boolean isSound(VolumeId id) {
    return sizes.containsKey(id) && !bent.containsKey(id);
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
