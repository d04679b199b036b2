package dev.godwit.mapping.row;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.record.FieldKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Makes rows of one engine rows of another: each column has the type that the target places it in.
 * Columns whose values lie in both alike are passed on as they are.
 *
 * <p>A column that the target holds with losses becomes text where lossy values are to become text;
 * but one of text stays what it is. A column that the source never has null may be null in the
 * target where a lossy value may become null in it.
 */
public final class RowsToRows implements Conversion {
  private final Dataset source;
  private final List<Integer> key;
  private final List<FieldMapping> fields;
  private final Dataset dataset;

  /**
   * The conversion of a dataset of rows.
   *
   * @param choices what columns are to be called, and which are to be {@code text}
   * @throws GodwitException {@code USAGE} where a choice names no column, or a type that its values
   *     cannot take
   */
  public RowsToRows(
      Dataset rows, RecordForm.Rows target, OnLossy policy, List<FieldChoice> choices) {
    source = rows;
    ColumnChoices chosen = new ColumnChoices(rows, target, policy, choices);
    fields = rows.schema().getFields().stream().map(chosen::mapping).toList();
    List<String> columns = rows.schema().getFields().stream().map(Field::getName).toList();
    key = rows.key().stream().map(columns::indexOf).filter(place -> place >= 0).toList();
    dataset = new ColumnNames(fields).of(rows, required(policy));
  }

  private List<String> required(OnLossy policy) {
    if (policy == OnLossy.FAIL) {
      return source.required();
    }
    List<String> kept = new ArrayList<>();
    for (FieldMapping field : fields) {
      String name = field.source().getName();
      if (source.required().contains(name)
          && (source.key().contains(name) || isNeverLost(field.target()))) {
        kept.add(name);
      }
    }
    return kept;
  }

  private static boolean isNeverLost(Placement placement) {
    return switch (FieldKind.of(placement.field())) {
      case BOOL, INTEGER, UNSIGNED, FLOAT, TEXT, BINARY, UUID -> true;
      default -> false;
    };
  }

  /** Whether every value lies in the target's columns just as it does in the source's. */
  public boolean keepsEveryType() {
    return fields.stream().allMatch(f -> CellChanges.of(f.source(), f.target().field()).isEmpty());
  }

  @Override
  public Dataset dataset() {
    return dataset;
  }

  @Override
  public List<FieldMapping> fields() {
    return fields;
  }

  @Override
  public RecordReader reading(
      Partition partition, RecordReader rows, Losses losses, BufferAllocator allocator) {
    CellLosses named = new CellLosses(partition, key, losses);
    List<ChangedColumn> columns = new ArrayList<>();
    try {
      for (int place = 0; place < fields.size(); place++) {
        columns.add(new ChangedColumn(place, fields.get(place), named));
      }
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.FAILED, "a column of " + source.name() + " cannot be moved: " + e.getMessage());
    }
    return new ChangingReader(rows, columns, named, allocator);
  }
}
