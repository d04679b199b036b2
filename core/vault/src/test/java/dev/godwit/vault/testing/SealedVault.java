package dev.godwit.vault.testing;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.Identity;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.NewEncryption;
import dev.godwit.vault.key.WriterKey;
import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** An encrypted vault, and all that its owner keeps elsewhere. */
public final class SealedVault {
  /** Where it lies. */
  public final Storage storage;

  /** Who may read it. */
  public final Identity identity = Identity.generate();

  private final List<WriterKey> kept = new ArrayList<>();

  /**
   * Makes it.
   *
   * @param storage an empty one
   * @param create makes a vault in the storage
   */
  public SealedVault(Storage storage, Function<NewEncryption, Vault> create) {
    this.storage = storage;
    NewEncryption encryption =
        new NewEncryption(List.of(identity.recipient()), Optional.empty(), kept::add);
    create.apply(encryption).close();
  }

  /** The key of its first writer. */
  public WriterKey writerKey() {
    return kept.get(0);
  }

  /** Opens it with the key of its first writer alone. */
  public Vault writer() {
    return writer(writerKey());
  }

  /** Opens it with a writer's key alone. */
  public Vault writer(WriterKey key) {
    return Vault.open(storage, KeyRing.of(key));
  }

  /** Opens it to read. */
  public Vault reader() {
    return Vault.open(storage, KeyRing.of(identity));
  }

  /** Its files, for whoever writes. */
  public VaultFiles files() {
    try (Vault vault = writer()) {
      return new VaultFiles(storage, vault.id(), vault.keys());
    }
  }

  /** The paths of all files below a folder, sorted. */
  public List<String> paths(String below) throws IOException {
    try (Stream<Storage.StoredFile> files = storage.list(below)) {
      return files.map(Storage.StoredFile::path).sorted().toList();
    }
  }

  /** The bytes of a file. */
  public byte[] bytes(String path) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) storage.stat(path).size());
    storage.read(path, 0, bytes);
    return bytes.array();
  }
}
