package dev.godwit.vault.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which snapshots stay.
 *
 * <p>Snapshots of one source and one scope are a group, and groups do not count against each other.
 * Only complete snapshots that are not from the future count: else a failed run, or a clock that
 * went wrong, could push out the last good one. The newest complete snapshot of a group stays
 * whatever the rules say.
 */
public final class Retention {
  /** Snapshots sealed within one tick of a coarse clock get times a few milliseconds ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private static final Comparator<Candidate> NEWEST_FIRST =
      Comparator.comparing(Candidate::finished).thenComparing(Candidate::id).reversed();

  private final RetentionRules rules;
  private final Instant now;
  private final ZoneId zone;

  /**
   * Rules, to be applied at a moment.
   *
   * @param now by the storage's clock
   * @param zone in which days begin and end
   */
  public Retention(RetentionRules rules, Instant now, ZoneId zone) {
    this.rules = rules;
    this.now = now;
    this.zone = zone;
  }

  private record Group(String source, String scope) {}

  /** Decides about each snapshot, in the order in which they are given. */
  public List<Decision> decide(Collection<Candidate> snapshots) {
    Map<Group, List<Candidate>> groups = new LinkedHashMap<>();
    for (Candidate snapshot : snapshots) {
      groups
          .computeIfAbsent(new Group(snapshot.source(), snapshot.scope()), g -> new ArrayList<>())
          .add(snapshot);
    }
    Map<Candidate, List<String>> reasons = new LinkedHashMap<>();
    groups.values().forEach(group -> keepOf(group, reasons));
    return snapshots.stream().map(snapshot -> decision(snapshot, reasons.get(snapshot))).toList();
  }

  private static Decision decision(Candidate snapshot, List<String> reasons) {
    if (!reasons.isEmpty()) {
      return new Decision(snapshot, true, reasons);
    }
    String why =
        snapshot.complete()
            ? "no rule keeps it"
            : "not complete, and a newer complete one is there";
    return new Decision(snapshot, false, List.of(why));
  }

  private boolean isFromTheFuture(Candidate snapshot) {
    return snapshot.finished().isAfter(now.plus(AHEAD));
  }

  private void keepOf(List<Candidate> group, Map<Candidate, List<String>> reasons) {
    group.forEach(snapshot -> reasons.put(snapshot, new ArrayList<>()));
    List<Candidate> counted =
        group.stream()
            .filter(s -> s.complete() && !isFromTheFuture(s))
            .sorted(NEWEST_FIRST)
            .toList();
    for (int i = 0; i < Math.min(rules.last(), counted.size()); i++) {
      reasons.get(counted.get(i)).add("one of the last " + rules.last());
    }
    for (Period period : Period.values()) {
      keepEach(period, counted, reasons);
    }
    group.forEach(snapshot -> keepWhatItself(snapshot, reasons.get(snapshot)));
    Optional<Candidate> newestComplete =
        group.stream().filter(Candidate::complete).min(NEWEST_FIRST);
    group.stream()
        .filter(s -> !s.complete() && !isBefore(s, newestComplete))
        .forEach(s -> reasons.get(s).add("not complete, and no newer complete one is there"));
    counted.stream()
        .findFirst()
        .filter(newest -> reasons.get(newest).isEmpty())
        .ifPresent(newest -> reasons.get(newest).add("the last complete one"));
  }

  private static boolean isBefore(Candidate snapshot, Optional<Candidate> complete) {
    return complete.isPresent() && NEWEST_FIRST.compare(complete.get(), snapshot) < 0;
  }

  private void keepEach(
      Period period, List<Candidate> newestFirst, Map<Candidate, List<String>> reasons) {
    int most = rules.each().getOrDefault(period, 0);
    Set<String> spans = new HashSet<>();
    for (Candidate snapshot : newestFirst) {
      String span = period.of(snapshot.finished().atZone(zone));
      if (spans.size() < most && spans.add(span)) {
        reasons.get(snapshot).add(period.word() + ' ' + span);
      }
    }
  }

  private void keepWhatItself(Candidate snapshot, List<String> reasons) {
    if (isFromTheFuture(snapshot)) {
      reasons.add("from the future: the storage's clock says " + now);
    } else if (rules.within().isPresent()
        && !snapshot.finished().isBefore(rules.within().get().before(now, zone))) {
      reasons.add("within " + rules.within().get().text());
    }
    rules.tags().stream()
        .filter(snapshot.tags()::contains)
        .sorted()
        .forEach(tag -> reasons.add("tag " + tag));
    if (snapshot.pinned()) {
      reasons.add("pinned");
    }
  }
}
