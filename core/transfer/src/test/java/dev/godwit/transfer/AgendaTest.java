package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.run.Cancellation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private final Cancellation cancellation = new Cancellation();

  private Agenda agenda(Step... steps) {
    return new Agenda(List.of(steps), cancellation);
  }

  private static Step step(String name, long effort, String... after) {
    return new Step(name, List.of(after), Set.of(), Set.of(), effort, () -> {});
  }

  private static Step sharing(String name, String what) {
    return new Step(name, List.of(), Set.of(what), Set.of(), 1, () -> {});
  }

  private static Step alone(String name, String what) {
    return new Step(name, List.of(), Set.of(), Set.of(what), 1, () -> {});
  }

  private static String take(Agenda agenda) {
    return agenda.take().orElseThrow().name();
  }

  @Test
  void whatHasTheLongestWayAheadGoesFirst() {
    Agenda agenda =
        agenda(step("five", 5), step("one", 1), step("nine", 9, "one"), step("seven", 7));
    assertThat(List.of(take(agenda), take(agenda), take(agenda)))
        .containsExactly("one", "seven", "five");
  }

  @Test
  void whatIsDoneAtOnceGoesBeforeAll() {
    Agenda agenda = agenda(step("long", 9), step("instant", 0));
    assertThat(take(agenda)).isEqualTo("instant");
  }

  @Test
  void aStepComesAfterAllThatItWaitsFor() {
    Step first = step("first", 1);
    Step second = step("second", 1);
    Agenda agenda = agenda(first, second, step("last", 5, "first", "second"));
    assertThat(List.of(take(agenda), take(agenda))).containsExactly("first", "second");
    CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> take(agenda));
    agenda.done(first);
    assertThat(last).isNotDone();
    agenda.done(second);
    assertThat(last.join()).isEqualTo("last");
  }

  @Test
  void whatIsUsedAloneIsUsedByNoOther() {
    Step lone = alone("lone", "orders");
    Agenda agenda = agenda(lone, sharing("a", "orders"), sharing("b", "orders"), step("c", 0));
    assertThat(List.of(take(agenda), take(agenda))).containsExactly("c", "lone");
    agenda.done(lone);
    assertThat(List.of(take(agenda), take(agenda))).containsExactly("a", "b");
  }

  @Test
  void whatIsSharedKeepsOutWhoWantsItAlone() {
    Step a = sharing("a", "orders");
    Step b = sharing("b", "orders");
    Agenda agenda = agenda(a, b, alone("lone", "orders"), alone("other", "items"));
    assertThat(List.of(take(agenda), take(agenda), take(agenda)))
        .containsExactly("a", "b", "other");
    agenda.done(a);
    CompletableFuture<String> lone = CompletableFuture.supplyAsync(() -> take(agenda));
    assertThat(lone).isNotDone();
    agenda.done(b);
    assertThat(lone.join()).isEqualTo("lone");
  }

  @Test
  void endsOnceAllAreDone() {
    Step only = step("only", 1);
    Agenda agenda = agenda(only);
    take(agenda);
    CompletableFuture<Optional<Step>> next = CompletableFuture.supplyAsync(agenda::take);
    assertThat(next).isNotDone();
    agenda.done(only);
    assertThat(next.join()).isEmpty();
  }

  @Test
  void nobodyWaitsOnInACancelledRun() {
    Agenda agenda = agenda(step("first", 1), step("second", 1, "first"));
    take(agenda);
    CompletableFuture<Optional<Step>> next = CompletableFuture.supplyAsync(agenda::take);
    cancellation.cancel(ExitCode.INTERRUPTED);
    assertThatThrownBy(next::join).hasCauseInstanceOf(CancelledException.class);
  }

  @Test
  void refusesStepsThatCouldNeverRun() {
    assertThatThrownBy(() -> agenda(step("a", 1, "b"), step("b", 1)))
        .hasMessage("a comes before its b");
    assertThatThrownBy(() -> agenda(step("a", 1), step("a", 1)))
        .hasMessage("two steps are called a");
  }
}
