package dev.godwit.vault.list;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Map;

/** A schema object in a snapshot's list of objects. */
public record ObjectLine(
    String id,
    String kind,
    List<String> name,
    String definition,
    List<String> dependencies,
    String phase,
    List<List<String>> datasets,
    Map<String, String> attributes) {

  /** The line of an object. */
  public static ObjectLine of(SchemaObject object) {
    return new ObjectLine(
        object.id(),
        object.kind(),
        object.name().parts(),
        object.definition(),
        object.dependencies(),
        object.phase().name(),
        object.datasets().stream().map(DatasetName::parts).toList(),
        object.attributes());
  }

  /**
   * The object.
   *
   * @throws IllegalArgumentException if the line makes no sense
   */
  public SchemaObject object() {
    try {
      return new SchemaObject(
          id,
          kind,
          new DatasetName(name),
          definition,
          dependencies,
          SchemaObject.Phase.valueOf(phase),
          datasets.stream().map(DatasetName::new).toList(),
          attributes);
    } catch (NullPointerException e) {
      throw new IllegalArgumentException("the object " + id + " is not described whole", e);
    }
  }
}
