package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.store.Capability;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every loader keeps to: a load that was killed is gone on with, or that is refused. */
public abstract class LoaderResumeContract implements LoaderGiven {
  private LoadScene scene;

  @BeforeEach
  final void openSample() {
    scene = new LoadScene(this);
  }

  @AfterEach
  final void closeSample() {
    scene.close();
  }

  /** Loads so many slices, and a part of one more, and leaves. */
  private void begin(String target, int committed) {
    try (Loader loader = scene.loader(target);
        LoadRun load = loader.begin(scene.plan(false))) {
      scene.datasets().forEach(load::prepare);
      List<LoadScene.Slice> slices = scene.slices();
      slices.subList(0, committed).forEach(slice -> scene.load(load, slice));
      if (committed < slices.size()) {
        LoadScene.Slice half = slices.get(committed);
        try (RecordWriter writer = load.open(half.dataset(), half.partition())) {
          scene.push(half, writer, item -> true);
        }
      }
    }
  }

  private boolean promised(String target) {
    try (Loader loader = scene.loader(target)) {
      return loader.capabilities().contains(Capability.RESUME);
    }
  }

  private void resumesAfter(int committed) {
    String target = emptyTarget();
    boolean promised = promised(target);
    begin(target, committed);
    try (Loader loader = scene.loader(target)) {
      if (!promised) {
        ContractRun.failure(() -> loader.begin(scene.plan(true)).close());
        return;
      }
      assertThat(loader.inspect(scene.plan(true))).isEmpty();
      try (LoadRun load = loader.begin(scene.plan(true))) {
        scene.datasets().forEach(load::prepare);
        List<LoadScene.Slice> slices = scene.slices();
        for (int i = 0; i < slices.size(); i++) {
          boolean held = load.holds(slices.get(i).partition());
          if (loader.ledger() == Loader.Ledger.NONE) {
            assertThat(held).as("%s is held", slices.get(i)).isFalse();
          } else {
            assertThat(held).as("%s is held", slices.get(i)).isEqualTo(i < committed);
          }
        }
        scene.loadRest(load);
        scene.finish(load);
      }
    }
    assertThat(scene.found(target)).isEqualTo(scene.expected(target));
    assertThat(scene.definitions(target)).isEqualTo(scene.definitions());
  }

  @Test
  void goesOnWhereNothingWasCommitted() {
    resumesAfter(0);
  }

  @Test
  void goesOnInTheMiddle() {
    resumesAfter(scene.slices().size() / 2);
  }

  @Test
  void goesOnWhereAllDataWasThere() {
    resumesAfter(scene.slices().size());
  }

  @Test
  void doesEachStepOfFinishingOnce() {
    String target = emptyTarget();
    if (!promised(target)) {
      return; // that resuming is refused is tested above
    }
    try (Loader loader = scene.loader(target);
        LoadRun load = loader.begin(scene.plan(false))) {
      scene.loadRest(load);
      scene.stages(load).stream()
          .limit(1)
          .flatMap(stage -> stage.steps().stream())
          .limit(1)
          .forEach(step -> step.work().run());
    }
    try (Loader loader = scene.loader(target);
        LoadRun load = loader.begin(scene.plan(true))) {
      scene.loadRest(load);
      scene.finish(load);
    }
    assertThat(scene.found(target)).isEqualTo(scene.expected(target));
    assertThat(scene.definitions(target)).isEqualTo(scene.definitions());
  }

  @Test
  void doesNotGoOnWithAnotherPlan() {
    String target = emptyTarget();
    begin(target, 1);
    try (Loader loader = scene.loader(target)) {
      ContractRun.failure(
          () -> loader.begin(scene.plan("another-plan", Renames.NONE, false, true)).close());
    }
  }

  @Test
  void doesNotBeginAnewOverAnUnfinishedLoad() {
    String target = emptyTarget();
    begin(target, 1);
    try (Loader loader = scene.loader(target)) {
      assertThat(loader.inspect(scene.plan(false))).isNotEmpty();
      ContractRun.failure(() -> loader.begin(scene.plan(false)).close());
    }
  }
}
