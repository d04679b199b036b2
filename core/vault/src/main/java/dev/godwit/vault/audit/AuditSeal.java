package dev.godwit.vault.audit;

import dev.godwit.vault.key.ReaderKeys;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import java.util.Optional;

/**
 * How the records of a vault are kept from being read and forged: not at all in a plain vault, by
 * the writers' keys in an encrypted one. Safe for use by many threads.
 */
public interface AuditSeal {
  /** The chain that this process writes, 32 hexadecimal digits. */
  String writer();

  /**
   * What is stored of a record of {@link #writer}: one that {@link #open} takes.
   *
   * @param record a whole JSON document
   */
  byte[] seal(byte[] record);

  /**
   * The record again.
   *
   * @param writer whose chain it was found in
   * @throws BentRecordException if the writer did not seal it
   */
  byte[] open(String writer, byte[] stored) throws BentRecordException;

  /** What was stored is not what the writer sealed. The message says how, not where. */
  final class BentRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what is wrong, as the end of a sentence about a record. */
    public BentRecordException(String what) {
      super(what);
    }
  }

  /** That of an open vault. */
  static AuditSeal of(VaultFiles files, Actor actor) {
    Optional<WriterKeys> writer = files.keys().writing();
    if (writer.isEmpty()) {
      return plain(files.vaultId(), actor);
    }
    Optional<ReaderKeys> reader =
        files.keys() instanceof ReaderKeys keys ? Optional.of(keys) : Optional.empty();
    return new SealedAudit(files.storage(), files.vaultId(), writer.get(), reader);
  }

  /** For a vault without keys: records are stored as they are. */
  static AuditSeal plain(String vault, Actor actor) {
    String writer = actor.writer(vault);
    return new AuditSeal() {
      @Override
      public String writer() {
        return writer;
      }

      @Override
      public byte[] seal(byte[] record) {
        return record;
      }

      @Override
      public byte[] open(String of, byte[] stored) {
        return stored;
      }
    };
  }
}
