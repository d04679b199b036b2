package dev.godwit.transfer;

import dev.godwit.spi.load.LoadRun.Stage;
import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.run.Cancellation;
import java.util.List;
import java.util.Optional;

/**
 * Carries out what is left once all data is there: stage by stage, several steps of each at once.
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
      Agenda agenda = new Agenda(stage.steps(), cancellation);
      int workers = Math.min(jobs, stage.steps().size());
      new Workers(jobs, cancellation)
          .run(
              handOver -> {
                for (int i = 0; i < workers; i++) {
                  handOver.hand(() -> work(stage, agenda));
                }
              });
    }
  }

  private void work(Stage stage, Agenda agenda) {
    Optional<Step> next = agenda.take();
    while (next.isPresent()) {
      Step step = next.get();
      step.work().run();
      agenda.done(step);
      listener.on(new TransferEvent.StepDone(stage.name(), step.name()));
      next = agenda.take();
    }
  }
}
