package dev.godwit.cli.command;

import dev.godwit.cli.screen.Amounts;
import dev.godwit.spi.load.LoadRun.NotMade;
import dev.godwit.transfer.TransferReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a target refused and what was left out because of it, told. */
final class NotMadeText {
  /** Objects that are named on a screen, of each sort. */
  private static final int NAMED = 20;

  /** Characters of a definition on a screen. */
  private static final int SHOWN = 500;

  private NotMadeText() {}

  /** For people. */
  static List<String> lines(TransferReport moved) {
    List<String> lines = new ArrayList<>();
    List<NotMade> all = moved.load().notMade();
    List<NotMade> failed = all.stream().filter(NotMade::failed).toList();
    if (!failed.isEmpty()) {
      lines.add(
          "refused by the target: "
              + Amounts.count(failed.size(), "definition")
              + "; left out because of that: "
              + Amounts.count(all.size() - failed.size()));
    }
    Map<String, List<NotMade>> because =
        all.stream().filter(o -> !o.failed()).collect(Collectors.groupingBy(NotMade::because));
    for (NotMade object : failed.subList(0, Math.min(NAMED, failed.size()))) {
      lines.add("  " + object.id() + ": " + object.reason());
      lines.add("    " + shown(object.definition()));
      List<NotMade> needing = because.getOrDefault(object.id(), List.of());
      if (!needing.isEmpty()) {
        lines.add("    without it: " + some(needing.stream().map(NotMade::id).toList()));
      }
    }
    if (failed.size() > NAMED) {
      lines.add("  and " + (failed.size() - NAMED) + " more; --json lists them all");
    }
    if (!moved.leftOut().isEmpty()) {
      lines.add(
          "rows left out, since their table is: "
              + some(moved.leftOut().stream().map(TransferReport.LeftOut::dataset).toList()));
    }
    return lines;
  }

  private static String shown(String definition) {
    String line = definition.strip().replaceAll("\\s+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + " ..." : line;
  }

  private static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
  }

  /** For scripts. */
  static Map<String, Object> fields(TransferReport moved) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("not_made", moved.load().notMade().stream().map(NotMadeText::fields).toList());
    fields.put(
        "left_out",
        moved.leftOut().stream()
            .map(left -> Map.of("dataset", left.dataset(), "reason", left.reason()))
            .toList());
    return fields;
  }

  private static Map<String, Object> fields(NotMade object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("object", object.id());
    fields.put("reason", object.reason());
    fields.put("definition", object.failed() ? object.definition() : null);
    fields.put("because_of", object.failed() ? null : object.because());
    return fields;
  }
}
