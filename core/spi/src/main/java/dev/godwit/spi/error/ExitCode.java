package dev.godwit.spi.error;

/**
 * How a run of Godwit ended. The one table of exit statuses: the manual's is generated from it.
 *
 * <p>Statuses are part of the command line's contract: scripts test them, so a number never changes
 * its meaning.
 */
public enum ExitCode {
  /** Everything asked for was done. */
  DONE(0, "done"),
  /** The run failed, or was refused before it began. */
  FAILED(1, "failed or refused"),
  /** The command line is wrong. */
  USAGE(2, "usage: unknown flag, scheme or option, or a filter that matches nothing"),
  /** The run finished, but something was left out or rejected. */
  NOT_WHOLE(3, "done, but not whole or with rejects"),
  /** Two sides that were compared differ. */
  DIFFERENT(4, "differences found"),
  /** A value has no exact form in the target, and bending it was not allowed. */
  LOSSY(5, "a lossy mapping was refused"),
  /** The vault or the snapshot does not exist. */
  NO_SUCH(10, "no such vault or snapshot"),
  /** Another run holds the vault. */
  LOCKED(11, "locked by another run"),
  /** None of the keys given opens the vault. */
  WRONG_KEY(12, "wrong key"),
  /** A file of the vault is missing, bent or foreign. */
  DAMAGED(13, "the vault is damaged"),
  /** The vault was written by a newer Godwit. */
  TOO_NEW(14, "the vault's format is too new"),
  /** The source could not be reached: host, login or database. */
  SOURCE_UNREACHABLE(20, "source not reachable: host, login or database"),
  /** The target could not be reached: host, login or database. */
  TARGET_UNREACHABLE(21, "target not reachable: host, login or database"),
  /** Ended by SIGINT. */
  INTERRUPTED(130, "interrupted (SIGINT)"),
  /** Ended by SIGTERM. */
  TERMINATED(143, "terminated (SIGTERM)");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** The status that the process exits with, 0 to 143. */
  public int status() {
    return status;
  }

  /** One line for the manual. */
  public String meaning() {
    return meaning;
  }
}
