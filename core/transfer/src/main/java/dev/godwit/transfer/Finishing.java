package dev.godwit.transfer;

import dev.godwit.spi.load.LoadRun.Stage;
import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.run.Cancellation;
import java.util.List;

/**
 * Carries out what is left once all data is there: stage by stage, the steps of each in parallel.
 */
final class Finishing {
  private final int jobs;
  private final Cancellation cancellation;
  private final TransferListener listener;

  Finishing(int jobs, Cancellation cancellation, TransferListener listener) {
    this.jobs = jobs;
    this.cancellation = cancellation;
    this.listener = listener;
  }

  void run(List<Stage> stages) {
    for (Stage stage : stages) {
      cancellation.check();
      listener.on(new TransferEvent.StageBegun(stage.name(), stage.steps().size()));
      new Workers(jobs, cancellation)
          .run(
              workers -> {
                for (Step step : stage.steps()) {
                  workers.hand(
                      () -> {
                        step.work().run();
                        listener.on(new TransferEvent.StepDone(stage.name(), step.name()));
                      });
                }
              });
    }
  }
}
