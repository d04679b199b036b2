package dev.godwit.loader.redis.wire;

/** What a command is expected to answer; an error that is not named here is a failure. */
public enum Answer {
  /** Anything but an error. */
  DONE,
  /** The same, or {@code BUSYKEY}: another key is there and is kept. */
  DONE_IF_FREE,
  /** {@code OK}, or nothing: another key is there and is kept. */
  SET_IF_FREE,
  /** 1, or 0: another key is there and is kept. */
  RENAMED_IF_FREE,
  /** What was claimed of a stream's pending entries, or nothing: the entry is deleted. */
  CLAIMED,
  /** The answers of a transaction's commands. */
  EXECUTED,
  /** The same; the last but one of them is that of {@code RENAMENX}. */
  EXECUTED_IF_FREE,
  /** {@code OK}, or an error where the server lacks the module that wrote the value. */
  MODULE_TAKEN
}
