package dev.godwit.spi.dataset;

import dev.godwit.spi.name.DatasetName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One definition in the engine's own words: a type, a table, an index, a sequence's state. It goes
 * back only into the same engine.
 *
 * @param id unique in its snapshot, such as {@code index:public.orders_day_idx}
 * @param kind in lower case, such as {@code table}, {@code index}, {@code foreign key}
 * @param name its own path
 * @param definition what makes it, in the engine's language; one or more statements
 * @param dependencies ids of the objects that must exist before it; a filter that takes this object
 *     takes them too
 * @param phase when it is made
 * @param datasets the datasets that it belongs to or points at: where a filter leaves any of them
 *     out, the object is left out too; empty for an object that stands alone
 * @param attributes what else its plugin wants back; plugin's own keys
 */
public record SchemaObject(
    String id,
    String kind,
    DatasetName name,
    String definition,
    List<String> dependencies,
    Phase phase,
    List<DatasetName> datasets,
    Map<String, String> attributes) {

  /** When an object is made. */
  public enum Phase {
    /** Before the data: schemas, types, tables, defaults. */
    BEFORE_DATA,
    /** After the data, in parallel with its like: indexes, keys. */
    AFTER_DATA,
    /** At the very end, in order: what refers to many datasets or describes others. */
    LAST
  }

  /** Copies the collections. */
  public SchemaObject {
    dependencies = List.copyOf(dependencies);
    datasets = List.copyOf(datasets);
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** The same with other attributes. */
  public SchemaObject withAttributes(Map<String, String> others) {
    return new SchemaObject(id, kind, name, definition, dependencies, phase, datasets, others);
  }

  /** The same with other dependencies. */
  public SchemaObject withDependencies(List<String> others) {
    return new SchemaObject(id, kind, name, definition, others, phase, datasets, attributes);
  }

  /** An attribute, if it is there. */
  public Optional<String> attribute(String key) {
    return Optional.ofNullable(attributes.get(key));
  }
}
