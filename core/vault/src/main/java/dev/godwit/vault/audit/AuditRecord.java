package dev.godwit.vault.audit;

import java.util.List;
import java.util.SortedMap;

/**
 * One record, as it is written. An operation that changes the vault has two, so that one that was
 * killed shows as begun and never ended; one that reads has one, written at its end.
 *
 * @param format version of these fields
 * @param vault id of the vault, so that a record of another is found
 * @param writer whose chain it belongs to
 * @param number in that chain, from 1
 * @param time by the storage's clock, as ISO 8601
 * @param operation the command, such as {@code backup}
 * @param state {@code begun}, {@code ended}, or {@code done} for an operation of one record
 * @param begun name of the record of the beginning where this is the end of it; else null
 * @param who did it
 * @param what it was done with, such as {@code source} and {@code snapshot}
 * @param exit the exit code, null of {@code begun}
 * @param counts what it came to, such as {@code rows}
 * @param previous names of the last records of its own chain, nearly always one
 * @param heads names of the last records of every other chain
 */
public record AuditRecord(
    int format,
    String vault,
    String writer,
    long number,
    String time,
    String operation,
    String state,
    String begun,
    Actor who,
    SortedMap<String, String> what,
    Integer exit,
    SortedMap<String, Long> counts,
    List<String> previous,
    List<String> heads) {
  /** The first record of an operation that changes the vault. */
  public static final String BEGUN = "begun";

  /** The last record of an operation that changes the vault. */
  public static final String ENDED = "ended";

  /** The one record of an operation that reads. */
  public static final String DONE = "done";
}
