package dev.godwit.mapping.run;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Index;
import dev.godwit.spi.dataset.Dataset.Reference;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows for the same kind of store, with other names of their columns; their types stay. */
final class RenamedFields implements Conversion {
  private final Dataset dataset;
  private final List<FieldMapping> fields = new ArrayList<>();

  /**
   * The conversion of a dataset.
   *
   * @throws GodwitException {@code USAGE} where a column is to have another type, or a name twice
   */
  RenamedFields(Dataset rows, List<FieldChoice> choices) {
    Map<String, String> names = new HashMap<>();
    for (FieldChoice choice : choices) {
      if (choice.name() != null) {
        names.put(choice.source(), choice.name());
      }
    }
    Set<String> met = new HashSet<>();
    for (Field field : rows.schema().getFields()) {
      checkType(rows, field, choices);
      String name = names.getOrDefault(field.getName(), field.getName());
      if (!met.add(name)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "two fields of " + rows.name() + " would be called " + name,
            "give one of them another name");
      }
      Field named = new Field(name, field.getFieldType(), field.getChildren());
      fields.add(new FieldMapping(field, new Placement(named, Placement.Fidelity.EXACT, "")));
    }
    this.dataset = renamed(rows, names, fields.stream().map(f -> f.target().field()).toList());
  }

  private static void checkType(Dataset rows, Field field, List<FieldChoice> choices) {
    String own = Fields.nativeType(field).orElse("");
    choices.stream()
        .filter(c -> c.source().equals(field.getName()) && c.type() != null)
        .filter(c -> !c.type().equals(own))
        .findFirst()
        .ifPresent(
            c -> {
              throw new GodwitException(
                  ExitCode.USAGE,
                  "field %s of %s cannot become %s".formatted(c.source(), rows.name(), c.type()),
                  "in the same kind of store it stays " + own);
            });
  }

  private static Dataset renamed(Dataset rows, Map<String, String> names, List<Field> fields) {
    return new Dataset(
        rows.name(),
        rows.kind(),
        new Schema(fields),
        of(rows.required(), names),
        of(rows.key(), names),
        rows.indexes().stream()
            .map(i -> new Index(i.name(), of(i.columns(), names), i.unique()))
            .toList(),
        rows.references().stream()
            .map(
                r -> new Reference(r.name(), of(r.columns(), names), r.target(), r.targetColumns()))
            .toList(),
        rows.partitioning(),
        rows.estimate(),
        rows.attributes());
  }

  private static List<String> of(List<String> columns, Map<String, String> names) {
    return columns.stream().map(c -> names.getOrDefault(c, c)).toList();
  }

  @Override
  public Dataset dataset() {
    return dataset;
  }

  @Override
  public List<FieldMapping> fields() {
    return List.copyOf(fields);
  }

  @Override
  public RecordReader reading(
      Partition partition, RecordReader source, Losses losses, BufferAllocator allocator) {
    return new RecordReader() {
      @Override
      public RecordItem next() {
        RecordItem item = source.next();
        return item instanceof RecordBatch batch ? named(batch) : item;
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  private RecordBatch named(RecordBatch batch) {
    return new RecordBatch(
        new VectorSchemaRoot(
            dataset.schema().getFields(), batch.rows().getFieldVectors(), batch.rowCount()),
        batch.misfits(),
        batch.large());
  }
}
