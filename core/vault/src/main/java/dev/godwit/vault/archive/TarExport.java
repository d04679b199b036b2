package dev.godwit.vault.archive;

import dev.godwit.spi.aside.TemporaryFailure;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.carry.FramesAhead;
import dev.godwit.vault.carry.RewrittenLists;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.storage.StorageInput;
import dev.godwit.vault.volume.PlannedVolume;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes one snapshot as a tar of a vault's folder; frames stay as they are, sealed if they are.
 * Where each block will lie follows from lengths that the lists tell, so lists and manifest come
 * first, and the volumes after them in the order in which partitions are read. Once written; used
 * by one thread.
 */
public final class TarExport implements AutoCloseable {
  private final VaultFiles files;
  private final Storage storage;
  private final PluginContext context;
  private final TemporaryFolder temporary = TemporaryFolder.ofThisProcess();
  private final LocalFolder aside = new LocalFolder(temporary.path());
  private final TarForm form;
  private final VaultRun apart;
  private final PackedVolumes volumes;
  private final Manifest manifest;

  /**
   * Plans the tar: reads all lists of the snapshot, and none of its data.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} where a list is missing or bent,
   *     {@code WRONG_KEY} where the keys at hand do not read the snapshot
   */
  public TarExport(
      VaultFiles files, VolumeLimits limits, Manifest snapshot, PluginContext context) {
    this.files = files;
    this.storage = files.storage();
    this.context = context;
    try {
      this.form = TarForm.of(files, snapshot);
      this.apart = form.begin(aside);
      this.volumes = new PackedVolumes(apart, form.frames(apart), limits, context.warnings());
      this.manifest = plan(snapshot);
    } catch (RuntimeException e) {
      temporary.close();
      throw e;
    }
  }

  private Manifest plan(Manifest snapshot) {
    try (RewrittenLists lists =
        new RewrittenLists(
            files, apart, volumes, name -> false, list -> false, context.cancellation())) {
      RewrittenLists.Written written = lists.write(snapshot);
      volumes.seal();
      Manifest.Totals totals = written.totals();
      return ManifestFile.write(
          apart,
          snapshot.with(
              List.of(),
              new Manifest.Totals(
                  totals.datasets(),
                  totals.rows(),
                  totals.bytes(),
                  totals.blocks(),
                  volumes.bytes()),
              written.contents(),
              RewrittenLists.objects(files, apart, snapshot, list -> false, context.cancellation()),
              Optional.of(snapshot.firstMade(files.vaultId()))),
          written.references());
    }
  }

  /** The stored bytes of all data that will be written. */
  public long bytes() {
    return volumes.bytes();
  }

  /** The name of the folder that the tar holds. */
  public String folder() {
    return "godwit-" + manifest.copiedFrom().orElseThrow().snapshot();
  }

  /**
   * Writes the tar. The stream is not closed; after a failure it holds no whole tar.
   *
   * @param progress told the stored bytes of blocks as they are written
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} where a block is missing or bent
   */
  public void write(OutputStream out, Consumer<Long> progress) throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    for (String path : form.ofVault()) {
      byte[] bytes = SmallFile.read(storage, path);
      begin(tar, path, bytes.length);
      tar.write(bytes);
      tar.closeArchiveEntry();
    }
    writeSmall(tar, Layout.SNAPSHOTS);
    writeSmall(tar, Layout.LISTS);
    try (FramesAhead frames = new FramesAhead(files, context)) {
      volumes.each(volume -> write(tar, volume, frames, progress));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    tar.finish();
    tar.flush();
    out.flush(); // which the tar's own does not do, and before it is told as written
  }

  private void begin(TarArchiveOutputStream tar, String path, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(folder() + '/' + path);
    entry.setSize(size);
    entry.setLastModifiedTime(FileTime.fromMillis(manifest.finished().getEpochSecond() * 1000));
    tar.putArchiveEntry(entry);
  }

  private void writeSmall(TarArchiveOutputStream tar, String below) throws IOException {
    List<StoredFile> files;
    try (Stream<StoredFile> listed = aside.list(below)) {
      files = listed.sorted((a, b) -> a.path().compareTo(b.path())).toList();
    }
    for (StoredFile file : files) {
      context.cancellation().check();
      begin(tar, file.path(), file.size());
      try (InputStream in = new StorageInput(aside, file.path(), read -> {})) {
        in.transferTo(tar);
      }
      tar.closeArchiveEntry();
    }
  }

  private void write(
      TarArchiveOutputStream tar,
      PackedVolumes.Packed volume,
      FramesAhead frames,
      Consumer<Long> progress) {
    try {
      begin(tar, Layout.volume(volume.id()), volume.size());
      write(tar, PlannedVolume.header(volume.form(), volume.id()));
      frames.each(volume.sources(), frame -> write(tar, frame, progress));
      write(tar, PlannedVolume.footer(volume.form(), volume.id(), volume.blocks()));
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(TarArchiveOutputStream tar, ByteBuffer bytes) throws IOException {
    tar.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  private void write(TarArchiveOutputStream tar, FramesAhead.Read frame, Consumer<Long> progress) {
    byte[] chunk = new byte[64 << 10];
    ArrowBuf memory = frame.memory();
    try {
      for (int at = 0; at < frame.block().length(); at += chunk.length) {
        int count = Math.min(chunk.length, frame.block().length() - at);
        memory.getBytes(at, chunk, 0, count);
        tar.write(chunk, 0, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    progress.accept((long) frame.block().length());
  }

  @Override
  public void close() {
    try (temporary;
        volumes) {
      aside.close();
    } catch (IOException e) {
      throw TemporaryFailure.of(e);
    }
  }
}
