package dev.godwit.cli.command;

import dev.godwit.cli.screen.Amounts;
import dev.godwit.mapping.run.LossCount.Loss;
import dev.godwit.restore.MoveReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was not moved as it is, told. */
final class MoveText {
  /** Values that are named on a screen. */
  private static final int NAMED = 10;

  private MoveText() {}

  /** For people. */
  static List<String> lines(MoveReport report) {
    List<String> lines = new ArrayList<>();
    definitions(report.leftOut()).ifPresent(lines::add);
    lines.addAll(NotChosenText.lines(report.without()));
    if (report.losses().total() > 0) {
      lines.add(
          Amounts.count(report.losses().total(), "value")
              + " changed, because the target cannot hold them: "
              + report.losses().counts().entrySet().stream()
                  .map(field -> field.getKey() + " (" + Amounts.count(field.getValue()) + ")")
                  .collect(Collectors.joining(", ")));
      report.losses().first().stream().limit(NAMED).forEach(loss -> lines.add("  " + loss));
    }
    return lines;
  }

  /** Those that are not used, by kind; nothing where all are. */
  static Optional<String> definitions(Map<String, Long> leftOut) {
    if (leftOut.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        leftOut.entrySet().stream()
            .map(kind -> kind.getKey() + " (" + Amounts.count(kind.getValue()) + ")")
            .collect(
                Collectors.joining(
                    ", ", "made from their mapping, without the definitions of the source: ", "")));
  }

  /** For scripts. */
  static Map<String, Object> fields(MoveReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("left_out_definitions", report.leftOut());
    fields.put("not_chosen", NotChosenText.fields(report.without()));
    fields.put("lossy_values", report.losses().total());
    fields.put("lossy_fields", report.losses().counts());
    fields.put("lossy_first", report.losses().first().stream().map(MoveText::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Loss loss) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dataset", loss.dataset().toString());
    fields.put("field", loss.field());
    fields.put("key", loss.key());
    fields.put("why", loss.why());
    return fields;
  }
}
