package dev.godwit.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.transfer.TransferEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class JsonViewTest {
  private static final DatasetName NAME = DatasetName.of("public", "or\"ders");

  @Test
  void everyEventIsALineOfTheSchema() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (RunView view = RunViews.json(Invocation.terminal(out, err, Map.of()), "backup")) {
      view.on(new TransferEvent.DatasetPlanned(Dataset.of(NAME, "table", new Schema(List.of()))));
      view.on(new TransferEvent.PartitionSkipped(Partition.whole(NAME)));
      view.on(new TransferEvent.Moved(NAME, 5, 100));
      view.on(
          new TransferEvent.PartitionDone(
              Partition.whole(NAME), new RecordWriter.Commit(5, 100, -1, 0)));
      view.on(new TransferEvent.DatasetLeftOut(NAME, "gone"));
      view.on(new TransferEvent.StageBegun("indexes", 2));
      view.on(new TransferEvent.StepDone("indexes", "orders_pkey"));
      view.on(new TransferEvent.ProofBegun());
      view.warn("see postgresql://me:secret@h");
      view.finished(new Outcome(ExitCode.NOT_WHOLE, List.of("for people"), Map.of("rows", 5L)));
    }
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(err.size()).isZero();
    lines.removeIf(line -> line.get("event").asText().equals("progress")); // of a slow machine
    assertThat(lines)
        .extracting(l -> l.get("event").asText())
        .containsExactly(
            "begin",
            "dataset",
            "skipped",
            "partition",
            "left_out",
            "stage",
            "step",
            "proof",
            "warning",
            "end");
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.get("schema").asText()).isEqualTo("godwit.run/1");
              assertThat(Instant.parse(line.get("time").asText())).isNotNull();
            });
    assertThat(lines.get(1).get("dataset").asText()).isEqualTo(NAME.toString());
    assertThat(lines.get(1).get("estimated_bytes").isNull()).isTrue();
    assertThat(lines.get(3).get("rows").asLong()).isEqualTo(5);
    assertThat(lines.get(8).get("message").asText()).doesNotContain("secret");
    assertThat(lines.get(9).get("exit").asInt()).isEqualTo(3);
    assertThat(lines.get(9).get("rows").asInt()).isEqualTo(5);
  }

  /** A tick may be about to tell of progress when the run ends. */
  @Test
  void nothingFollowsTheEnd() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonView view =
        new JsonView(Invocation.terminal(out, new ByteArrayOutputStream(), Map.of()), "backup");
    view.close();
    view.finished(new Outcome(ExitCode.DONE, List.of(), Map.of()));
    view.progress();
    String last = out.toString(StandardCharsets.UTF_8).lines().reduce((a, b) -> b).orElseThrow();
    assertThat(new ObjectMapper().readTree(last).get("event").asText()).isEqualTo("end");
  }
}
