package dev.godwit.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.transfer.TransferEvent;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final DatasetName NAME = DatasetName.of("shop", "public", "orders");

  private static TransferEvent planned(long bytes) {
    Dataset plain = Dataset.of(NAME, "table", new Schema(List.of()));
    return new TransferEvent.DatasetPlanned(
        new Dataset(
            NAME,
            plain.kind(),
            plain.schema(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "",
            new Dataset.Estimate(-1, bytes),
            plain.attributes()));
  }

  @Test
  void theShareIsOfAllEstimates() {
    Tally tally = new Tally();
    tally.count(planned(600));
    tally.count(planned(400));
    tally.count(new TransferEvent.Moved(NAME, 2, 250));
    assertThat(tally.look().fraction()).hasValue(0.25);
    assertThat(tally.look().doing()).isEqualTo("shop.public.orders");
  }

  @Test
  void noShareOnceTheEstimateIsPassed() {
    Tally tally = new Tally();
    tally.count(planned(600));
    tally.count(new TransferEvent.Moved(NAME, 2, 601));
    assertThat(tally.look().fraction()).isEmpty();
  }

  @Test
  void noShareWhereAnEstimateIsMissingUnlessTheTotalIsKnown() {
    Tally tally = new Tally();
    tally.count(planned(600));
    tally.count(planned(-1));
    tally.count(new TransferEvent.Moved(NAME, 2, 100));
    assertThat(tally.look().fraction()).isEmpty();
    tally.total(1000);
    assertThat(tally.look().fraction()).hasValue(0.1);
  }

  /** A proof reads both sides: counted on, it would seem to pass the estimate of what is moved. */
  @Test
  void aProofIsCountedByItself() {
    Tally tally = new Tally();
    tally.total(1000);
    tally.count(planned(-1));
    tally.count(new TransferEvent.Moved(NAME, 9, 900));
    tally.count(new TransferEvent.StageBegun("indexes", 2));
    tally.count(new TransferEvent.ProofBegun());
    tally.count(planned(400));
    tally.count(planned(400));
    tally.count(new TransferEvent.Moved(NAME, 2, 200));
    Tally.State state = tally.look();
    assertThat(state.rows()).isEqualTo(2);
    assertThat(state.datasets()).isEqualTo(2);
    assertThat(state.fraction()).hasValue(0.25);
    assertThat(ProgressText.bar("restore", state, 200))
        .startsWith("restore  [#####---------------]  verifying  25 %");
    assertThat(ProgressText.line("restore", state)).startsWith("godwit: restore: verifying, 25 %");
  }

  @Test
  void theRateIsThatOfLate() {
    long now = System.nanoTime();
    Tally tally = new Tally(now);
    tally.moved(0, 1000);
    tally.look(now + 1_000_000_000L);
    double first = tally.look(now + 1_000_000_000L).rate();
    assertThat(first).isBetween(900.0, 1100.0);
    for (int second = 2; second < 40; second++) {
      tally.moved(0, 5000);
      tally.look(now + second * 1_000_000_000L);
    }
    assertThat(tally.look(now + 39_000_000_000L).rate()).isBetween(4900.0, 5100.0);
  }
}
