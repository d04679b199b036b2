package dev.godwit.extractor.postgresql.copy;

import java.io.IOException;

/** The server ended a copy with an error. */
public final class ServerFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final String state;

  /**
   * An error.
   *
   * @param state its SQLSTATE
   * @param message the server's one-line message
   */
  public ServerFailure(String state, String message, Throwable cause) {
    super(message, cause);
    this.state = state;
  }

  /** The SQLSTATE, five characters. */
  public String state() {
    return state;
  }
}
