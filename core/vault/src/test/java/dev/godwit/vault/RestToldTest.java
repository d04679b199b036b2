package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.LateStorage;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a prune says of when space comes back, where lists may lag and, as mostly, do not. */
class RestToldTest {
  private static final String ORDERS = "shop.public.orders";
  private static final Duration LAG = Duration.ofHours(1);

  private final LateStorage storage = new LateStorage(LAG, Duration.ZERO);
  private final Bench bench = new Bench(1);
  private Vault vault;

  @BeforeEach
  void create() {
    vault = Vault.create(storage, new VolumeLimits(4 << 10, 100));
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  private SnapshotWriter begin(long from) {
    SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context);
    bench.writeFrom(writer, ORDERS, from, 3, 6, 100);
    return writer;
  }

  private void backUp(long from) {
    try (SnapshotWriter writer = begin(from)) {
      var unused = Bench.seal(writer);
    }
  }

  private PruneReport prune() {
    return PruneBench.prune(vault, bench, 1);
  }

  private PruneReport dry() {
    return vault.prune(PruneBench.dry(PruneBench.keepLast(1)), bench.context);
  }

  private void passUntil(Instant time) {
    storage.pass(Duration.between(storage.now(), time));
  }

  @Test
  void theTimeIsThatOfTheFirstMarkWhoeverAsks() {
    backUp(0);
    backUp(100_000);
    storage.pass(LAG.plusMinutes(1));
    assertThat(dry().restsUntil()).as("nothing is marked").isEmpty();
    assertThat(dry().marksFrom()).isPresent().isEqualTo(dry().marksFrom());
    PruneReport first = prune();
    assertThat(first.marksFrom()).isEmpty();
    for (int minutes : new int[] {1, 20, 100}) {
      storage.pass(Duration.ofMinutes(minutes));
      for (PruneReport again : List.of(dry(), prune())) {
        assertThat(again.restsUntil()).isEqualTo(first.restsUntil()).isPresent();
        assertThat(again.marksFrom()).isEmpty();
        assertThat(again.waiting()).isEqualTo(first.waiting());
        assertThat(again.removed().files()).isZero();
      }
    }
    passUntil(first.restsUntil().orElseThrow());
    PruneReport dry = dry();
    assertThat(dry.restsUntil()).isEmpty();
    assertThat(dry.waiting().files()).isZero();
    assertThat(dry.removed()).isEqualTo(first.waiting());
    assertThat(prune().removed()).isEqualTo(dry.removed());
  }

  @Test
  void whatWasWrittenLatelyIsMarkedFromATimeThatStays() {
    backUp(0);
    storage.pass(Duration.ofMinutes(1));
    backUp(100_000);
    storage.pass(Duration.ofMinutes(1));
    PruneReport first = prune();
    storage.pass(Duration.ofMinutes(1));
    PruneReport second = prune();
    assertThat(first.waiting().files()).isPositive();
    assertThat(first.restsUntil()).as("nothing is marked").isEmpty();
    assertThat(second.marksFrom()).isEqualTo(first.marksFrom()).isPresent();
    assertThat(dry().marksFrom()).isEqualTo(first.marksFrom());
    passUntil(first.marksFrom().orElseThrow());
    assertThat(prune().restsUntil()).as("it is marked now").isPresent();
  }
}
