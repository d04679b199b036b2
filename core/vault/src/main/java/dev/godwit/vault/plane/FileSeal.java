package dev.godwit.vault.plane;

import dev.godwit.vault.key.Plane;

/**
 * How a small file that is no secret to a writer is sealed, whole: in an encrypted vault in the
 * writer plane, so that nobody else can make one up; in a plain one not at all. Safe for use by
 * many threads.
 */
public interface FileSeal {
  /**
   * Seals a file.
   *
   * @param what the file is, to which it is bound, such as {@code moved} and the volume's id
   * @return the bytes that are stored; the same for the same file
   */
  byte[] seal(String what, byte[] plain);

  /**
   * Opens a file.
   *
   * @param what as {@link #seal} was told
   * @throws BentFileException if it was not sealed so, with this vault's keys
   */
  byte[] open(String what, byte[] stored) throws BentFileException;

  /** That of a vault, for one kind of file. */
  static FileSeal of(VaultFiles files, Plane part) {
    return files.writing().isPresent()
        ? new SealedFile(files.writing().get(), part, files.vaultId())
        : new FileSeal() {
          @Override
          public byte[] seal(String what, byte[] plain) {
            return plain;
          }

          @Override
          public byte[] open(String what, byte[] stored) {
            return stored;
          }
        };
  }
}
