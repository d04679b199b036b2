package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.ObstructedException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.row.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every loader keeps to: it refuses what would harm, and says why, before it writes. */
public abstract class LoaderRefusalContract implements LoaderGiven {
  private LoadScene scene;

  @BeforeEach
  final void openSample() {
    scene = new LoadScene(this);
  }

  @AfterEach
  final void closeSample() {
    scene.close();
  }

  @Test
  void findsNothingInTheWayOfAnEmptyTargetAndWritesNothing() {
    String target = emptyTarget();
    Map<DatasetName, Map<Row, Integer>> before = scene.found(target);
    List<String> definitions = scene.definitions(target);
    try (Loader loader = scene.loader(target)) {
      assertThat(loader.inspect(scene.plan(false))).isEmpty();
    }
    assertThat(scene.found(target)).isEqualTo(before).isEmpty();
    assertThat(scene.definitions(target)).isEqualTo(definitions);
  }

  @Test
  void refusesATargetThatIsNotEmpty() {
    String target = emptyTarget();
    try (Loader loader = scene.loader(target);
        LoadRun load = loader.begin(scene.plan(false))) {
      scene.loadRest(load);
      scene.finish(load);
    }
    Map<DatasetName, Map<Row, Integer>> before = scene.found(target);
    try (Loader loader = scene.loader(target)) {
      List<Loader.Obstacle> obstacles = loader.inspect(scene.plan(false));
      assertThat(obstacles).isNotEmpty();
      assertThat(obstacles)
          .allSatisfy(obstacle -> assertThat(obstacle.what()).isNotBlank().doesNotContain("\n"));
      GodwitException refused =
          ContractRun.refused(ExitCode.FAILED, () -> loader.begin(scene.plan(false)).close());
      assertThat(refused).isInstanceOf(ObstructedException.class);
      assertThat(((ObstructedException) refused).obstacles()).isEqualTo(obstacles);
    }
    assertThat(scene.found(target)).as("what was there").isEqualTo(before);
  }

  @Test
  void namesTheOptionsThatExistWhereOneDoesNot() {
    String target = ContractRun.withOption(emptyTarget(), "no_such_option=1");
    GodwitException failure =
        ContractRun.refused(ExitCode.USAGE, () -> scene.loader(target).close());
    assertThat(failure.getMessage()).contains("no_such_option");
    provider()
        .options()
        .forEach(option -> assertThat(failure.hint().orElse("")).contains(option.key()));
  }

  @Test
  void refusesATargetThatDoesNotAnswer() {
    assertThat(sample().unreachable()).isNotEmpty();
    for (String uri : sample().unreachable()) {
      GodwitException failure =
          ContractRun.refused(ExitCode.TARGET_UNREACHABLE, () -> scene.loader(uri).close());
      sample()
          .password()
          .given()
          .ifPresent(s -> assertThat(failure.getMessage()).doesNotContain(s.reveal()));
    }
  }
}
