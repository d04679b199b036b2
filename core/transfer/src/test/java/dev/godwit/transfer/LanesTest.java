package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.Cancellation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Cancellation cancellation = new Cancellation();
  private final Lanes lanes = new Lanes(2, cancellation);

  private static void task() {}

  private Lanes.Lane filled(int tasks) {
    Lanes.Lane lane = lanes.open();
    for (int i = 0; i < tasks; i++) {
      lane.add(LanesTest::task);
    }
    return lane;
  }

  private Lanes.Lane take() {
    return lanes.take(Optional.empty()).orElseThrow().lane();
  }

  private Lanes.Lane takeAfter(Lanes.Lane last) {
    return lanes.take(Optional.of(last)).orElseThrow().lane();
  }

  @Test
  void eachWorkerHasALaneOfItsOwnAndStaysInIt() {
    Lanes.Lane first = filled(3);
    Lanes.Lane second = filled(2);
    assertThat(take()).isSameAs(first);
    assertThat(take()).isSameAs(second);
    assertThat(takeAfter(first)).isSameAs(first);
    assertThat(takeAfter(first)).isSameAs(first);
    assertThat(takeAfter(second)).isSameAs(second);
  }

  @Test
  void oneWhoseLaneIsEmptyBeginsAnotherBeforeItHelps() {
    Lanes.Lane first = filled(4);
    Lanes.Lane second = filled(1);
    assertThat(take()).isSameAs(first);
    assertThat(take()).isSameAs(second);
    Lanes.Lane third = filled(1);
    assertThat(takeAfter(second)).isSameAs(third);
    assertThat(takeAfter(third)).isSameAs(first);
  }

  @Test
  void asksForAsManyDatasetsAsThereAreWorkersAndFeedsThemEvenly() {
    assertThat(lanes.room(true)).isEmpty();
    Lanes.Lane first = filled(1);
    assertThat(lanes.room(true)).isEmpty();
    assertThat(lanes.room(false)).contains(first);
    Lanes.Lane second = lanes.open();
    assertThat(lanes.room(true)).contains(second);
    take();
    assertThat(lanes.room(true)).contains(second);
    second.add(LanesTest::task);
    assertThat(lanes.room(true)).contains(first);
    second.close();
    assertThat(lanes.room(true)).isEmpty();
  }

  @Test
  void metNoFasterThanDone() {
    filled(4);
    CompletableFuture<Optional<Lanes.Lane>> room =
        CompletableFuture.supplyAsync(() -> lanes.room(true));
    assertThat(room).isNotDone();
    take();
    assertThat(room.join()).isEmpty();
  }

  @Test
  void endsOnceNothingIsLeft() {
    Lanes.Lane lane = filled(1);
    lanes.end();
    assertThat(take()).isSameAs(lane);
    assertThat(lanes.take(Optional.of(lane))).isEmpty();
  }

  @Test
  void nobodyWaitsOnInACancelledRun() {
    cancellation.onCancel(lanes::wake);
    CompletableFuture<Optional<Lanes.Taken>> next =
        CompletableFuture.supplyAsync(() -> lanes.take(Optional.empty()));
    cancellation.cancel(ExitCode.INTERRUPTED);
    assertThatThrownBy(next::join).hasCauseInstanceOf(CancelledException.class);
  }
}
