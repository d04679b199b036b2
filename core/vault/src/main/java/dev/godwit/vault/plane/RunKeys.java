package dev.godwit.vault.plane;

import dev.godwit.spi.record.Sha256;
import dev.godwit.vault.key.BentSealException;
import dev.godwit.vault.key.DataKey;
import dev.godwit.vault.key.ReaderKeys;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The keys of runs, as a reader opens them. To open one takes a good part of a millisecond, so each
 * is kept. Safe for use by many threads.
 *
 * <p>Anybody can seal a key to the vault's public key. So only such may be opened here as the
 * writer plane vouches for: those in the header of a volume, in the writer's part of a manifest, or
 * in a list that one names by its hash.
 */
public final class RunKeys {
  private final ReaderKeys reader;
  private final DataKeys opened;

  RunKeys(ReaderKeys reader, DataKeys opened) {
    this.reader = reader;
    this.opened = opened;
  }

  /** What a run's key is known by where there is little room: 8 bytes of its sealed form's hash. */
  public static long mark(byte[] sealed) {
    return ByteBuffer.wrap(Sha256.begin().digest(sealed)).getLong();
  }

  /** The key of this mark, if it was opened already. */
  public Optional<DataKey> find(long mark) {
    return Optional.ofNullable(opened.byMark.get(mark));
  }

  /**
   * Opens a key.
   *
   * @throws BentSealException if it was not sealed for this vault, or is bent
   */
  public DataKey open(byte[] sealed) throws BentSealException {
    long mark = mark(sealed);
    DataKey known = opened.byMark.get(mark);
    if (known == null) {
      known = reader.open(sealed);
      opened.byMark.put(mark, known);
    }
    return known;
  }
}
