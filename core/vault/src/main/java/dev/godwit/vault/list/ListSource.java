package dev.godwit.vault.list;

import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;
import java.io.InputStream;

/** What lists are unsealed with. */
interface ListSource {
  /**
   * The compressed lines of a list.
   *
   * @param stored the file's bytes, whose hash is proven
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} if the keys at hand do not read
   *     lists of this kind
   */
  InputStream opened(ListKind kind, InputStream stored) throws IOException;

  /** That of a vault. */
  static ListSource of(VaultFiles files) {
    return files.writing().isPresent() ? new SealedListSource(files) : new PlainLists();
  }
}
