package dev.godwit.vault.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What each rule keeps, and what no rule drops. */
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ZoneId UTC = ZoneOffset.UTC;

  private static Candidate at(String time) {
    return at(time, "shop");
  }

  private static Candidate at(String time, String source) {
    return new Candidate(time, source, "", Instant.parse(time), true, Set.of(), false);
  }

  private static Candidate incomplete(String time) {
    return new Candidate(time, "shop", "", Instant.parse(time), false, Set.of(), false);
  }

  private static RetentionRules last(int last) {
    return new RetentionRules(last, Map.of(), Optional.empty(), Set.of());
  }

  private static RetentionRules each(Period period, int count) {
    return new RetentionRules(0, Map.of(period, count), Optional.empty(), Set.of());
  }

  private static RetentionRules within(String text) {
    return new RetentionRules(0, Map.of(), Optional.of(Within.parse(text)), Set.of());
  }

  private static List<String> kept(RetentionRules rules, Candidate... snapshots) {
    return kept(rules, UTC, snapshots);
  }

  private static List<String> kept(RetentionRules rules, ZoneId zone, Candidate... snapshots) {
    return new Retention(rules, NOW, zone)
        .decide(List.of(snapshots)).stream()
            .filter(Decision::kept)
            .map(decision -> decision.snapshot().id())
            .toList();
  }

  @Test
  void theLastOnesOfEachSourceStay() {
    assertThat(
            kept(
                last(2),
                at("2026-11-01T00:00:00Z"),
                at("2026-11-02T00:00:00Z"),
                at("2026-11-03T00:00:00Z"),
                at("2026-10-01T00:00:00Z", "store"),
                at("2026-10-02T00:00:00Z", "store"),
                at("2026-10-03T00:00:00Z", "store")))
        .containsExactly(
            "2026-11-02T00:00:00Z",
            "2026-11-03T00:00:00Z",
            "2026-10-02T00:00:00Z",
            "2026-10-03T00:00:00Z");
  }

  @Test
  void dailyIsTheNewestOfEachDayThatHasAny() {
    assertThat(
            kept(
                each(Period.DAILY, 2),
                at("2026-11-10T01:00:00Z"),
                at("2026-11-15T01:00:00Z"),
                at("2026-11-15T23:59:59Z"),
                at("2026-11-20T00:00:00Z"),
                at("2026-11-20T09:00:00Z")))
        .containsExactly("2026-11-15T23:59:59Z", "2026-11-20T09:00:00Z");
  }

  @Test
  void daysBeginInTheVaultsZone() {
    Candidate[] nights = {at("2026-11-14T22:30:00Z"), at("2026-11-14T23:30:00Z")};
    assertThat(kept(each(Period.DAILY, 9), nights)).containsExactly("2026-11-14T23:30:00Z");
    assertThat(kept(each(Period.DAILY, 9), ZoneId.of("Europe/Berlin"), nights)).hasSize(2);
  }

  @Test
  void hoursWeeksMonthsAndYearsAreThoseOfTheCalendar() {
    Candidate[] all = {
      at("2024-12-30T10:00:00Z"), // in the first week of 2025
      at("2025-01-02T10:00:00Z"),
      at("2025-01-02T10:59:00Z"),
      at("2025-01-31T11:00:00Z")
    };
    assertThat(kept(each(Period.HOURLY, 9), all)).hasSize(3);
    assertThat(kept(each(Period.WEEKLY, 9), all))
        .containsExactly("2025-01-02T10:59:00Z", "2025-01-31T11:00:00Z");
    assertThat(kept(each(Period.MONTHLY, 9), all))
        .containsExactly("2024-12-30T10:00:00Z", "2025-01-31T11:00:00Z");
    assertThat(kept(each(Period.YEARLY, 9), all))
        .containsExactly("2024-12-30T10:00:00Z", "2025-01-31T11:00:00Z");
    assertThat(kept(each(Period.YEARLY, 1), all)).containsExactly("2025-01-31T11:00:00Z");
  }

  @Test
  void anHourThatTheClockShowsTwiceIsTwoHours() {
    Candidate[] night = {
      at("2026-10-25T00:10:00Z"), // 02:10, summer time
      at("2026-10-25T00:20:00Z"),
      at("2026-10-25T01:10:00Z") // 02:10 again
    };
    assertThat(kept(each(Period.HOURLY, 9), ZoneId.of("Europe/Berlin"), night))
        .containsExactly("2026-10-25T00:20:00Z", "2026-10-25T01:10:00Z");
  }

  @Test
  void withinCountsByTheCalendarFromTheStoragesNow() {
    Candidate[] all = {
      at("2026-10-21T11:59:59Z"), at("2026-10-21T12:00:00Z"), at("2026-11-21T09:00:00Z")
    };
    assertThat(kept(within("1m"), all)).hasSize(2);
    assertThat(kept(within("3h"), all)).containsExactly("2026-11-21T09:00:00Z");
    assertThat(kept(within("1m1h"), all)).hasSize(3);
  }

  @Test
  void theLastCompleteOneStaysWhateverTheRulesSay() {
    assertThat(kept(within("1h"), at("2020-01-01T00:00:00Z"), at("2021-01-01T00:00:00Z")))
        .containsExactly("2021-01-01T00:00:00Z");
    assertThat(kept(within("1d"), at("2020-01-01T00:00:00Z"), incomplete("2026-11-21T11:00:00Z")))
        .hasSize(2);
  }

  @Test
  void anotherScopeDoesNotStandIn() {
    Candidate table =
        new Candidate(
            "t", "shop", "orders", Instant.parse("2026-11-20T00:00:00Z"), true, Set.of(), false);
    assertThat(kept(last(1), at("2026-11-01T00:00:00Z"), table))
        .containsExactly("2026-11-01T00:00:00Z", "t");
  }

  @Test
  void incompleteOnesDoNotCountAndGoOnceACompleteOneIsNewer() {
    assertThat(
            kept(
                last(1),
                incomplete("2026-11-01T00:00:00Z"),
                at("2026-11-02T00:00:00Z"),
                incomplete("2026-11-03T00:00:00Z")))
        .containsExactly("2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z");
    assertThat(kept(within("1d"), incomplete("2026-11-21T01:00:00Z"), at("2026-11-21T02:00:00Z")))
        .hasSize(2);
  }

  @Test
  void tagsAndPinsHold() {
    Instant old = Instant.parse("2020-01-01T00:00:00Z");
    Candidate tagged = new Candidate("a", "shop", "", old, true, Set.of("v1", "x"), false);
    Candidate pinned = new Candidate("b", "shop", "", old, false, Set.of("x"), true);
    Candidate other = new Candidate("c", "shop", "", old, true, Set.of("x"), false);
    RetentionRules rules = new RetentionRules(1, Map.of(), Optional.empty(), Set.of("v1"));
    assertThat(kept(rules, tagged, pinned, other, at("2026-01-01T00:00:00Z")))
        .containsExactly("a", "b", "2026-01-01T00:00:00Z");
  }

  @Test
  void oneFromTheFutureStaysAndPushesNobodyOut() {
    List<Decision> decisions =
        new Retention(last(1), NOW, UTC)
            .decide(List.of(at("2026-11-20T00:00:00Z"), at("2027-11-20T00:00:00Z")));
    assertThat(decisions).allMatch(Decision::kept);
    assertThat(decisions.get(1).reasons().get(0)).startsWith("from the future");
  }

  @Test
  void eachDecisionSaysWhy() {
    assertThat(
            new Retention(each(Period.DAILY, 1), NOW, UTC)
                .decide(
                    List.of(
                        at("2026-11-20T00:00:00Z"),
                        at("2026-11-20T01:00:00Z"),
                        incomplete("2026-11-19T00:00:00Z"))))
        .extracting(Decision::reasons)
        .containsExactly(
            List.of("no rule keeps it"),
            List.of("daily 2026-11-20"),
            List.of("not complete, and a newer complete one is there"));
  }

  @Test
  void noRulesEverDropTheNewestCompleteOne() {
    SplittableRandom random = new SplittableRandom(20261121);
    for (int round = 0; round < 2000; round++) {
      List<Candidate> all = new ArrayList<>();
      for (int i = 0; i < random.nextInt(1, 12); i++) {
        Instant finished = NOW.minus(Duration.ofMinutes(random.nextInt(1, 2_000_000)));
        String source = "s" + random.nextInt(2);
        boolean complete = random.nextInt(3) > 0;
        all.add(new Candidate("" + i, source, "", finished, complete, Set.of(), false));
      }
      RetentionRules rules =
          new RetentionRules(
              random.nextInt(2),
              Map.of(Period.DAILY, random.nextInt(3), Period.YEARLY, random.nextInt(2)),
              random.nextBoolean() ? Optional.of(Within.parse("5d")) : Optional.empty(),
              Set.of());
      List<Candidate> kept =
          new Retention(rules, NOW, UTC)
              .decide(all).stream().filter(Decision::kept).map(Decision::snapshot).toList();
      for (String source : List.of("s0", "s1")) {
        all.stream()
            .filter(s -> s.source().equals(source) && s.complete())
            .max((a, b) -> a.finished().compareTo(b.finished()))
            .ifPresent(newest -> assertThat(kept).contains(newest));
      }
    }
  }

  @Test
  void lengthsOfTimeAreReadStrictly() {
    assertThat(Within.parse("2y5m7d3h").hours()).isEqualTo(Duration.ofHours(3));
    for (String bad : List.of("", "0d", "7", "7w", "3h7d", "-1d", "1d ", "99999999999d")) {
      assertThatThrownBy(() -> Within.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
