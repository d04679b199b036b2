package dev.godwit.vault.prune;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Source;
import dev.godwit.vault.PruneReport.Fate;
import dev.godwit.vault.PruneRequest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.retention.Candidate;
import dev.godwit.vault.retention.Decision;
import dev.godwit.vault.retention.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Applies a request's rules to the snapshots of a vault. */
final class Fates {
  private Fates() {}

  /** What is to become of each snapshot, in the order given. */
  static List<Fate> of(
      List<SnapshotHead> snapshots, Set<String> pinned, PruneRequest request, Instant now) {
    Predicate<Source> called =
        request
            .source()
            .map(name -> Source.called(name, snapshots.stream().map(SnapshotHead::source)))
            .orElse(source -> true);
    List<SnapshotHead> meant = snapshots.stream().filter(m -> called.test(m.source())).toList();
    if (meant.isEmpty() && request.source().isPresent()) {
      throw noSuchSource(snapshots, request);
    }
    Map<String, Decision> decisions = new HashMap<>();
    new Retention(request.rules(), now, request.zone())
        .decide(meant.stream().map(m -> candidate(m, pinned)).toList())
        .forEach(decision -> decisions.put(decision.snapshot().id(), decision));
    List<Fate> fates = new ArrayList<>();
    for (SnapshotHead snapshot : snapshots) {
      Decision decision = decisions.get(snapshot.id());
      fates.add(
          decision == null
              ? new Fate(snapshot, true, List.of("of another source"))
              : new Fate(snapshot, decision.kept(), decision.reasons()));
    }
    return fates;
  }

  /**
   * Asked before anything is looked at or locked.
   *
   * @throws GodwitException {@code USAGE} where the request has no rule
   */
  static void requireRules(PruneRequest request) {
    if (request.rules().isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "no rule says which snapshots to keep",
          "give at least one, such as --keep-daily 7 or --keep-within 30d");
    }
  }

  private static GodwitException noSuchSource(List<SnapshotHead> snapshots, PruneRequest request) {
    Set<String> sources = new TreeSet<>();
    snapshots.forEach(m -> sources.add(m.source().id()));
    return new GodwitException(
        ExitCode.NO_SUCH,
        "the vault holds no snapshot of the source '" + request.source().orElseThrow() + "'",
        sources.isEmpty() ? "it holds none at all" : "sources are " + String.join(", ", sources));
  }

  private static Candidate candidate(SnapshotHead snapshot, Set<String> pinned) {
    return new Candidate(
        snapshot.id(),
        snapshot.source().id(),
        snapshot.scope(),
        snapshot.finished(),
        snapshot.complete(),
        Set.copyOf(snapshot.tags()),
        pinned.contains(snapshot.id()));
  }
}
