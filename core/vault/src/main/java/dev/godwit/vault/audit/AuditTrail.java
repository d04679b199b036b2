package dev.godwit.vault.audit;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads all chains of a vault and proves them: every record by its name and its seal, and that each
 * record that another names is there. What was removed from the end of all chains, with every
 * record that named it, is found only by who remembers it.
 */
public final class AuditTrail {
  private final Storage storage;
  private final String vault;
  private final AuditSeal seal;
  private final List<AuditReport.Damage> damages = new ArrayList<>();

  /** Of the vault of this id. */
  public AuditTrail(Storage storage, String vault, AuditSeal seal) {
    this.storage = storage;
    this.vault = vault;
    this.seal = seal;
  }

  /** A record, and when it counts as written: never before those ahead of it in its chain. */
  private record Placed(AuditReport.Entry entry, Instant time) {}

  /**
   * Reads everything.
   *
   * @param remembered names of records that were there once
   * @throws GodwitException {@code TOO_NEW} where a newer Godwit wrote a record
   */
  public AuditReport read(Collection<AuditName> remembered) {
    List<AuditName> names = names();
    List<Optional<AuditRecord>> read = SeveralAtOnce.of(storage, names, this::record);
    NavigableMap<AuditName, String> wanted = new TreeMap<>();
    remembered.forEach(name -> wanted.put(name, "this machine has seen it"));
    Map<String, Instant> reached = new HashMap<>();
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (read.get(i).isPresent()) {
        AuditRecord record = read.get(i).get();
        String by = names.get(i).path() + " names it";
        Stream.concat(record.previous().stream(), record.heads().stream())
            .flatMap(named -> AuditName.parse(named).stream())
            .forEach(named -> wanted.putIfAbsent(named, by));
        Instant time =
            reached.merge(
                record.writer(),
                Instant.parse(record.time()),
                (before, own) -> own.isBefore(before) ? before : own);
        placed.add(new Placed(new AuditReport.Entry(names.get(i), withoutNames(record)), time));
      }
    }
    wanted.keySet().removeAll(new TreeSet<>(names));
    wanted.forEach((name, by) -> damage(name.path(), "is missing: " + by));
    placed.sort(Comparator.comparing(Placed::time)); // stable: a chain keeps its order
    return new AuditReport(placed.stream().map(Placed::entry).toList(), damages);
  }

  /** What was named has been held against what is there; it need not be held any longer. */
  private static AuditRecord withoutNames(AuditRecord record) {
    return new AuditRecord(
        record.format(),
        record.vault(),
        record.writer(),
        record.number(),
        record.time(),
        record.operation(),
        record.state(),
        record.begun(),
        record.who(),
        record.what(),
        record.exit(),
        record.counts(),
        List.of(),
        List.of());
  }

  private List<AuditName> names() {
    try (Stream<StoredFile> files = storage.list(Layout.AUDIT)) {
      return files
          .map(file -> AuditName.at(file.path()))
          .flatMap(Optional::stream)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.AUDIT, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.AUDIT, e.getCause());
    }
  }

  private synchronized void damage(String path, String what) {
    damages.add(new AuditReport.Damage(path, what));
  }

  private Optional<AuditRecord> record(AuditName name) {
    try {
      byte[] stored = SmallFile.read(storage, name.path());
      if (!Hash.of(stored).equals(name.hash())) {
        damage(name.path(), "is altered: it has another hash than its name");
        return Optional.empty();
      }
      byte[] opened = seal.open(name.writer(), stored);
      return Optional.of(parse(name, opened));
    } catch (AuditSeal.BentRecordException e) {
      damage(name.path(), e.getMessage());
    } catch (NoSuchFileException e) {
      damage(name.path(), "is missing: it vanished while it was read");
    } catch (IOException e) {
      throw StorageFailure.reading(storage, name.path(), e);
    }
    return Optional.empty();
  }

  private AuditRecord parse(AuditName name, byte[] bytes) throws AuditSeal.BentRecordException {
    try {
      FormatVersion.require(Json.format(bytes), name.path() + " in " + storage.display());
      AuditRecord record = Json.LINE.readValue(bytes, AuditRecord.class);
      Instant unused = Instant.parse(record.time());
      if (record.previous() == null
          || record.heads() == null
          || record.what() == null
          || record.counts() == null
          || record.who() == null
          || record.operation() == null
          || record.state() == null
          || record.who().user() == null
          || record.who().host() == null
          || record.previous().contains(null)
          || record.heads().contains(null)
          || record.what().containsValue(null)
          || record.counts().containsValue(null)) {
        throw new AuditSeal.BentRecordException("is altered: it makes no sense");
      }
      if (!vault.equals(record.vault())) {
        throw new AuditSeal.BentRecordException("is a record of another vault");
      }
      if (!name.writer().equals(record.writer()) || name.number() != record.number()) {
        throw new AuditSeal.BentRecordException(
            "is altered: it is a record of another writer or number");
      }
      return record;
    } catch (IOException | RuntimeException e) {
      if (e instanceof GodwitException known) {
        throw known;
      }
      throw new AuditSeal.BentRecordException("is altered: it makes no sense");
    }
  }
}
