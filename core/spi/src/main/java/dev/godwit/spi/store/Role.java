package dev.godwit.spi.store;

import dev.godwit.spi.error.ExitCode;

/** What a connection is for: it decides the exit code where the server cannot be reached. */
public enum Role {
  /** Reading. */
  SOURCE(ExitCode.SOURCE_UNREACHABLE),
  /** Writing. */
  TARGET(ExitCode.TARGET_UNREACHABLE);

  private final ExitCode unreachable;

  Role(ExitCode unreachable) {
    this.unreachable = unreachable;
  }

  /** The exit code where the server cannot be reached. */
  public ExitCode unreachable() {
    return unreachable;
  }
}
