package dev.godwit.vault.archive;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.ReaderKeys;
import dev.godwit.vault.key.WriterFiles;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.volume.VolumeSeal;
import java.util.List;
import java.util.Optional;

/** What the vault in a tar is made like: as the one that the snapshot is read from. */
sealed interface TarForm {
  /** The files of the vault that go into the tar as they are. */
  List<String> ofVault();

  /** Begins to write what is made anew for the tar. */
  VaultRun begin(Storage aside);

  /** What frames need around them there. */
  FrameForms frames(VaultRun begun);

  /**
   * That of a snapshot's vault.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} where the keys at hand do not
   *     read it; {@code DAMAGED} where the key of its writer is missing or bent
   */
  static TarForm of(VaultFiles files, Manifest snapshot) {
    Optional<ReaderKeys> reader = files.keys().reading();
    return reader.isPresent() ? Encrypted.of(files, reader.get(), snapshot) : new Plain();
  }

  /** Of a plain vault. */
  record Plain() implements TarForm {
    @Override
    public List<String> ofVault() {
      return List.of(Layout.VAULT);
    }

    @Override
    public VaultRun begin(Storage aside) {
      return VaultFiles.plain(aside).begin("tar");
    }

    @Override
    public FrameForms frames(VaultRun begun) {
      VolumeSeal form = VolumeSeal.of(begun);
      return block -> form;
    }
  }

  /**
   * Of an encrypted vault: what is made anew is made in the name of the snapshot's writer, for all
   * its blocks are of that writer's domain.
   *
   * @param source whose records they are
   */
  record Encrypted(VaultFiles files, WriterKeys writer, String source) implements TarForm {
    static Encrypted of(VaultFiles files, ReaderKeys reader, Manifest snapshot) {
      SnapshotHead head = ManifestFile.head(files, ManifestFile.path(snapshot));
      WriterKeys writer = WriterFiles.open(files.storage(), reader, head.writer().orElseThrow());
      return new Encrypted(files, writer, head.source().id());
    }

    @Override
    public List<String> ofVault() {
      return List.of(Layout.VAULT, Layout.writer(writer.writerId()));
    }

    @Override
    public VaultRun begin(Storage aside) {
      return new VaultFiles(aside, files.vaultId(), writer).begin(source);
    }

    @Override
    public FrameForms frames(VaultRun begun) {
      return new SealedFrameForms(files, writer, writer.domain(source));
    }
  }
}
