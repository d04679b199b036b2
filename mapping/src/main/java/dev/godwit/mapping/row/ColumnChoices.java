package dev.godwit.mapping.row;

import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** What columns are called in a target, and of what types they are there. */
final class ColumnChoices {
  private static final String TEXT = "text";

  private final Dataset rows;
  private final RecordForm.Rows target;
  private final OnLossy policy;
  private final Map<String, FieldChoice> chosen = new HashMap<>();
  private final Set<String> given = new HashSet<>();

  ColumnChoices(Dataset rows, RecordForm.Rows target, OnLossy policy, List<FieldChoice> choices) {
    this.rows = rows;
    this.target = target;
    this.policy = policy;
    List<String> columns = rows.schema().getFields().stream().map(Field::getName).toList();
    for (FieldChoice choice : choices) {
      if (!columns.contains(choice.source())) {
        throw new GodwitException(
            ExitCode.USAGE,
            rows.name() + " has no column " + choice.source(),
            "its columns are " + String.join(", ", columns));
      }
      chosen.put(choice.source(), choice);
    }
  }

  /** What becomes of a column. Asked once for each. */
  FieldMapping mapping(Field field) {
    FieldChoice choice =
        chosen.getOrDefault(field.getName(), new FieldChoice(field.getName(), null, null));
    String name = choice.name() == null ? field.getName() : choice.name();
    if (!given.add(name)) {
      throw new GodwitException(
          ExitCode.USAGE,
          "two columns of %s would be called %s".formatted(rows.name(), name),
          "give one of them another name in the mapping");
    }
    Placement placed = target.place(field);
    String own = Fields.nativeType(placed.field()).orElse("");
    if (choice.type() != null && !choice.type().equals(own) && !choice.type().equals(TEXT)) {
      throw new GodwitException(
          ExitCode.USAGE,
          "column %s of %s cannot become %s".formatted(field.getName(), rows.name(), choice.type()),
          "it can become " + (own.equals(TEXT) ? own : own + " or " + TEXT));
    }
    boolean lossy = policy == OnLossy.TEXT && placed.fidelity() == Fidelity.LOSSY;
    boolean asked = choice.type() != null && !choice.type().equals(own);
    boolean text = FieldKind.of(placed.field()) != FieldKind.TEXT && (lossy || asked);
    Placement becomes = text ? text(field) : placed;
    return new FieldMapping(
        field, new Placement(named(becomes.field(), name), becomes.fidelity(), becomes.note()));
  }

  private Placement text(Field field) {
    Field placed = target.place(Fields.of(field.getName(), ArrowType.Utf8.INSTANCE, TEXT)).field();
    return new Placement(placed, Fidelity.WIDER, "written as text");
  }

  private static Field named(Field field, String name) {
    return new Field(
        name,
        new FieldType(true, field.getType(), field.getDictionary(), field.getMetadata()),
        field.getChildren());
  }
}
