package dev.godwit.vault.list;

import dev.godwit.vault.key.BentSealException;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.plane.BentFileException;
import dev.godwit.vault.plane.PieceInput;
import dev.godwit.vault.plane.PieceSeal;
import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;
import java.io.InputStream;

/** What the lists of an encrypted vault are unsealed with. */
final class SealedListSource implements ListSource {
  private final VaultFiles files;

  SealedListSource(VaultFiles files) {
    this.files = files;
  }

  @Override
  public InputStream opened(ListKind kind, InputStream stored) throws IOException {
    return new PieceInput(stored, seal(kind, stored), kind.sealedAs());
  }

  private PieceSeal seal(ListKind kind, InputStream stored) throws IOException {
    if (kind.isWriterPlane()) {
      SealedListHead.readWriterPlane(stored);
      return PieceSeal.of(files.writing().orElseThrow(), Plane.LIST);
    }
    var keys = files.reading().orElseThrow();
    try {
      return PieceSeal.of(keys.open(SealedListHead.readReaderPlane(stored)));
    } catch (BentSealException e) {
      throw new BentFileException("is sealed with a key that " + e.getMessage(), e);
    }
  }
}
