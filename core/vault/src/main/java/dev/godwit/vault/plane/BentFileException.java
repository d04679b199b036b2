package dev.godwit.vault.plane;

import java.io.IOException;

/** A sealed file is not as it was sealed. The message is the end of a sentence about the file. */
public final class BentFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public BentFileException(String what) {
    super(what);
  }

  /** With what is wrong and what showed it. */
  public BentFileException(String what, Throwable cause) {
    super(what, cause);
  }
}
