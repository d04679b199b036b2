package dev.godwit.vault.list;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.vault.block.PlainSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A dataset in the contents of a snapshot.
 *
 * @param name the parts of its path, outermost first
 * @param schema its columns, as Arrow writes a schema as JSON; not read before it is asked for, for
 *     most who read the line look at other parts of it
 */
public record DatasetLine(
    List<String> name,
    String kind,
    TokenBuffer schema,
    List<String> required,
    List<String> key,
    List<IndexLine> indexes,
    List<ReferenceLine> references,
    String partitioning,
    EstimateLine estimate,
    Map<String, String> attributes) {

  /** An index. */
  public record IndexLine(String name, List<String> columns, boolean unique) {}

  /** A foreign key. */
  public record ReferenceLine(
      String name, List<String> columns, List<String> target, List<String> targetColumns) {}

  /** How much was thought to be in it. */
  public record EstimateLine(long rows, long bytes) {}

  /** Goes by annotations, which say how Arrow writes a schema. */
  private static final ObjectMapper ARROWS = new ObjectMapper();

  /** As {@link Schema#toJson}, without the detour over a text of many lines. */
  static TokenBuffer written(Schema schema) {
    TokenBuffer json = new TokenBuffer(ARROWS, false);
    try {
      ARROWS.writeValue(json, schema);
    } catch (IOException e) {
      throw new IllegalStateException("Arrow's schema cannot be written as JSON", e);
    }
    return json;
  }

  /** The line of a dataset. */
  public static DatasetLine of(Dataset dataset) {
    return new DatasetLine(
        dataset.name().parts(),
        dataset.kind(),
        written(PlainSchema.of(dataset.schema())),
        dataset.required(),
        dataset.key(),
        dataset.indexes().stream()
            .map(index -> new IndexLine(index.name(), index.columns(), index.unique()))
            .toList(),
        dataset.references().stream()
            .map(
                key ->
                    new ReferenceLine(
                        key.name(), key.columns(), key.target().parts(), key.targetColumns()))
            .toList(),
        dataset.partitioning(),
        new EstimateLine(dataset.estimate().rows(), dataset.estimate().bytes()),
        dataset.attributes());
  }

  /**
   * The dataset.
   *
   * @throws IllegalArgumentException if the line makes no sense
   */
  public Dataset dataset() {
    return dataset(new Dataset.Estimate(estimate.rows(), estimate.bytes()));
  }

  /** The dataset, with another estimate; as {@link #dataset()}. */
  Dataset dataset(Dataset.Estimate known) {
    try {
      return new Dataset(
          new DatasetName(name),
          kind,
          PlainSchema.of(read()),
          required,
          key,
          indexes.stream()
              .map(index -> new Dataset.Index(index.name(), index.columns(), index.unique()))
              .toList(),
          references.stream()
              .map(
                  reference ->
                      new Dataset.Reference(
                          reference.name(),
                          reference.columns(),
                          new DatasetName(reference.target()),
                          reference.targetColumns()))
              .toList(),
          partitioning,
          known,
          attributes);
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("the dataset " + name + " is not described whole", e);
    }
  }

  private Schema read() throws IOException {
    try (JsonParser json = schema.asParser(ARROWS)) {
      return ARROWS.readValue(json, Schema.class);
    }
  }
}
