package dev.godwit.cli.screen;

import java.io.IOException;

/**
 * Whoever read our output wants no more of it, as in {@code godwit cat ... | head}. A kind of its
 * own, for a server that breaks a connection off is told in the same words, "Broken pipe".
 */
public final class ReaderLeftException extends IOException {
  private static final long serialVersionUID = 1L;

  ReaderLeftException(IOException cause) {
    super(cause);
  }

  /** Whether that is what a failure comes from. */
  public static boolean isBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ReaderLeftException) {
        return true;
      }
    }
    return false;
  }
}
