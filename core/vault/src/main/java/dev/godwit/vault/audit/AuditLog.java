package dev.godwit.vault.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the records of one operation. Used by one thread at a time; any number of processes may
 * write at once.
 */
public final class AuditLog {
  private final Storage storage;
  private final String vault;
  private final AuditSeal seal;
  private final Actor who;
  private final String operation;
  private Heads heads;
  private AuditName begun;

  /** Of an operation in the vault of this id; nothing is written yet. */
  public AuditLog(Storage storage, String vault, AuditSeal seal, Actor who, String operation) {
    this.storage = storage;
    this.vault = vault;
    this.seal = seal;
    this.who = who;
    this.operation = operation;
  }

  /**
   * Writes that the operation begins.
   *
   * @throws GodwitException if it cannot be written
   */
  public void begin(SortedMap<String, String> what) {
    begun = write(AuditRecord.BEGUN, what, null, new TreeMap<>());
  }

  /**
   * Writes how the operation ended, or, where no beginning was written, that it was done.
   *
   * @param exit the exit code
   * @throws GodwitException if it cannot be written
   */
  public void end(SortedMap<String, String> what, int exit, SortedMap<String, Long> counts) {
    AuditName unused =
        write(begun == null ? AuditRecord.DONE : AuditRecord.ENDED, what, exit, counts);
  }

  /**
   * The newest records of all chains, the operation's own among them; none before any is written.
   */
  public List<AuditName> heads() {
    return heads == null ? List.of() : heads.all();
  }

  /**
   * Those of the names that are gone, as the last look at the audit shows it: it holds what comes
   * right before and after them, or their chain ends before them.
   */
  public List<AuditName> gone(Collection<AuditName> names) {
    return heads == null ? List.of() : names.stream().filter(heads::lacks).toList();
  }

  private AuditName write(
      String state, SortedMap<String, String> what, Integer exit, SortedMap<String, Long> counts) {
    heads = Heads.in(storage); // anew each time: others wrote while the operation went on
    String writer = seal.writer();
    AuditRecord record =
        new AuditRecord(
            FormatVersion.CURRENT,
            vault,
            writer,
            heads.next(writer),
            now(),
            operation,
            state,
            Optional.ofNullable(begun).map(AuditName::toString).orElse(null),
            who,
            what,
            exit,
            counts,
            heads.previous(writer).stream().map(AuditName::toString).toList(),
            heads.others(writer).stream().map(AuditName::toString).toList());
    byte[] stored = seal.seal(bytes(record));
    AuditName name = new AuditName(writer, record.number(), Hash.of(stored));
    SmallFile.create(storage, name.path(), stored);
    heads = heads.with(name);
    return name;
  }

  private String now() {
    try {
      return storage.now().truncatedTo(ChronoUnit.MILLIS).toString();
    } catch (IOException e) {
      throw StorageFailure.writing(storage, "its clock", e);
    }
  }

  private static byte[] bytes(AuditRecord record) {
    try {
      return Json.page().writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
