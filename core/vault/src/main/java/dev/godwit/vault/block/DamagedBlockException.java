package dev.godwit.vault.block;

/** The bytes of a block are not what they should be. The message says how, not where. */
public final class DamagedBlockException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what is wrong, as the end of a sentence about a block. */
  public DamagedBlockException(String what) {
    super(what);
  }

  /** With what is wrong and what showed it. */
  public DamagedBlockException(String what, Throwable cause) {
    super(what, cause);
  }
}
