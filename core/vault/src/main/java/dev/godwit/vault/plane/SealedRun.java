package dev.godwit.vault.plane;

import dev.godwit.vault.key.DataKey;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.WriterKeys;

/** A run into an encrypted vault, with a key of its own. Safe for use by many threads. */
public final class SealedRun implements VaultRun {
  private final VaultFiles files;
  private final WriterKeys writer;
  private final DataKey data;
  private final byte[] sealedKey;
  private final Domain domain;

  SealedRun(VaultFiles files, WriterKeys writer, String source) {
    this.files = files;
    this.writer = writer;
    this.data = writer.newDataKey();
    this.sealedKey = data.sealed();
    this.domain = writer.domain(source);
  }

  @Override
  public VaultFiles files() {
    return files;
  }

  @Override
  public String inTheOpen(String what, String whose) {
    return what;
  }

  /** What seals in the writer plane. */
  public WriterKeys writer() {
    return writer;
  }

  /** What seals in the reader plane. */
  public DataKey data() {
    return data;
  }

  /** The same key as a reader opens it. */
  public byte[] sealedKey() {
    return sealedKey.clone();
  }

  /** The mark of the key, see {@link RunKeys#mark}. */
  public long mark() {
    return RunKeys.mark(sealedKey);
  }

  /** Within which blocks are stored once. */
  public Domain domain() {
    return domain;
  }
}
