package dev.godwit.cli.command;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.cli.screen.Table;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.mapping.run.MappedDataset;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The answer to {@code --dry-run}: which datasets, and how much about. */
final class DatasetPlan {
  private final Table table =
      new Table(
          Table.text("DATASET"), Table.text("KIND"), Table.number("ROWS"), Table.number("SIZE"));
  private final List<Map<String, Object>> documents = new ArrayList<>();
  private final MappingText mapping = new MappingText();
  private final SortedMap<String, Long> leftOut;
  private boolean isMapped;
  private long bytes;
  private boolean known = true;

  /**
   * A plan without datasets.
   *
   * @param leftOut definitions that will not be used, by kind
   */
  DatasetPlan(SortedMap<String, Long> leftOut) {
    this.leftOut = leftOut;
  }

  /** A plan of what uses all definitions, or none. */
  DatasetPlan() {
    this(Collections.emptySortedMap());
  }

  void add(Dataset dataset) {
    add(dataset, dataset.name().toString(), SnapshotText.fields(dataset));
  }

  /** Adds a dataset under the name that it will have, and what becomes of its fields. */
  void add(MappedDataset mapped) {
    String name = mapped.name().toString();
    Map<String, Object> fields = MappingText.fields(mapped);
    fields.put("dataset", name);
    add(mapped.source(), name, fields);
    mapping.add(mapped);
    isMapped |= !mapped.untouched();
  }

  private void add(Dataset dataset, String name, Map<String, Object> fields) {
    Dataset.Estimate estimate = dataset.estimate();
    bytes += Math.max(0, estimate.bytes());
    known &= estimate.bytes() >= 0;
    table.row(
        name, dataset.kind(), Amounts.count(estimate.rows()), Amounts.bytes(estimate.bytes()));
    documents.add(fields);
  }

  /** Writes the plan as data. */
  Outcome show(Terminal terminal, boolean json, String what) {
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "godwit.plan/1");
      document.put("datasets", documents);
      document.put("left_out_definitions", leftOut);
      Json.document(terminal, document);
      return new Outcome(ExitCode.DONE, List.of(), Map.of());
    }
    table.lines(terminal.tableWidth()).forEach(terminal::println);
    if (isMapped) {
      terminal.println("");
      mapping.lines(terminal.tableWidth()).forEach(terminal::println);
    }
    String total =
        Amounts.count(documents.size(), "dataset")
            + (known ? ", about " + Amounts.bytes(bytes) : ", of a size that is not known")
            + ", "
            + what;
    List<String> lines = new ArrayList<>(List.of(total + "; nothing was written"));
    MoveText.definitions(leftOut).ifPresent(lines::add);
    return new Outcome(ExitCode.DONE, lines, Map.of());
  }
}
