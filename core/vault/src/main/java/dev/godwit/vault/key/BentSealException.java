package dev.godwit.vault.key;

/**
 * Sealed bytes are not what was sealed: changed, cut, swapped with others, or of another vault. The
 * message says nothing of keys and nothing of where the bytes lie.
 */
public final class BentSealException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what is wrong, as the end of a sentence about the bytes. */
  public BentSealException(String what) {
    super(what);
  }

  /** With what is wrong and what showed it. */
  public BentSealException(String what, Throwable cause) {
    super(what, cause);
  }
}
