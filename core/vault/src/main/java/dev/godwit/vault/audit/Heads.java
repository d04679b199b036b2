package dev.godwit.vault.audit;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names that a next record must name, so that none can go unnoticed: of each chain the records
 * of its highest number. Where two processes took one number at one moment, both are named by every
 * record of the next {@value #REMEMBERED} numbers: whichever of them came late, a later one names
 * it.
 */
final class Heads {
  private static final int REMEMBERED = 256;

  private final NavigableMap<String, NavigableSet<AuditName>> latest;

  private Heads(NavigableMap<String, NavigableSet<AuditName>> latest) {
    this.latest = latest;
  }

  /** Those of the names, in any order; of each chain only the latest numbers are held. */
  static Heads of(Stream<AuditName> names) {
    NavigableMap<String, NavigableSet<AuditName>> latest = new TreeMap<>();
    names.forEach(
        name -> {
          NavigableSet<AuditName> chain =
              latest.computeIfAbsent(name.writer(), writer -> new TreeSet<>());
          chain.add(name);
          while (chain.first().number() < chain.last().number() - REMEMBERED) {
            chain.pollFirst();
          }
        });
    return new Heads(latest);
  }

  /** Those that the vault shows now. */
  static Heads in(Storage storage) {
    try (Stream<StoredFile> files = storage.list(Layout.AUDIT)) {
      return of(files.map(file -> AuditName.at(file.path())).flatMap(Optional::stream));
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.AUDIT, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.AUDIT, e.getCause());
    }
  }

  /** The number that comes next in a chain. */
  long next(String writer) {
    return latest.containsKey(writer) ? latest.get(writer).last().number() + 1 : 1;
  }

  /** What a record of the chain names of its own chain. */
  List<AuditName> previous(String writer) {
    return latest.containsKey(writer) ? named(latest.get(writer)) : List.of();
  }

  /** What a record of the chain names of all others. */
  List<AuditName> others(String writer) {
    return latest.entrySet().stream()
        .filter(chain -> !chain.getKey().equals(writer))
        .flatMap(chain -> named(chain.getValue()).stream())
        .toList();
  }

  /** All that would be named. */
  List<AuditName> all() {
    return latest.values().stream().flatMap(chain -> named(chain).stream()).toList();
  }

  /** Whether a record was taken away: names as new as it are known, and its own is not. */
  boolean lacks(AuditName name) {
    NavigableSet<AuditName> chain = latest.get(name.writer());
    return chain == null
        || (name.number() >= chain.last().number() - REMEMBERED && !chain.contains(name));
  }

  /** These heads after one more record. */
  Heads with(AuditName name) {
    return of(
        Stream.concat(latest.values().stream().flatMap(NavigableSet::stream), Stream.of(name)));
  }

  private static List<AuditName> named(NavigableSet<AuditName> chain) {
    long last = chain.last().number();
    return chain.stream()
        .filter(
            name ->
                name.number() == last
                    || chain.stream().filter(n -> n.number() == name.number()).count() > 1)
        .toList();
  }
}
