package dev.godwit.extractor.redis.rdb;

/** Bytes that are no value of Redis, or of a kind that is not known. */
public final class RdbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what was found. */
  public RdbException(String message) {
    super(message);
  }
}
