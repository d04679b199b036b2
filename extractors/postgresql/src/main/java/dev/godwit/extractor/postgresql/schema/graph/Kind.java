package dev.godwit.extractor.postgresql.schema.graph;

import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;

/**
 * A kind of object: how those of a database are listed, and how they are defined.
 *
 * @param word what people call it, as a definition's kind says it: {@code function}
 * @param keyword what statements call it: {@code FUNCTION}; with an object's quoted name it is what
 *     {@code COMMENT ON}, {@code ALTER} and {@code GRANT ON} take
 * @param catalogue where it lies, one of {@link Catalog}
 * @param phase when it is made at the earliest
 * @param lister lists all of a database in one query
 * @param definer defines some of them, a page, in a fixed number of queries
 */
public record Kind(
    String word, String keyword, int catalogue, Phase phase, Lister lister, Definer definer) {

  // Each kind is made once. Written out, as those of DatasetName are: the generated ones take 10
  // ms.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return word.hashCode();
  }

  /** Lists all objects of a kind that the database has and that no extension brings. */
  @FunctionalInterface
  public interface Lister {
    List<Node> list(Scope scope, Kind kind);
  }

  /** Defines objects of a kind, by their ids; one that it does not define is left out. */
  @FunctionalInterface
  public interface Definer {
    Map<Integer, Definition> define(Scope scope, Graph graph, List<Node> nodes);
  }

  /**
   * A kind of which one query says everything. It gives, for each object: {@code oid}; {@code
   * schema}, null where it lies in none; {@code name}; {@code quoted}, the name as statements take
   * it, unique within the kind; {@code relation}, the table that it hangs on, 0 for none; {@code
   * since}, the oldest major version that understands the definition, 0 for any; {@code
   * definition}.
   */
  public static Kind ofQuery(
      String word, String keyword, int catalogue, Phase phase, Select select) {
    return new Kind(
        word,
        keyword,
        catalogue,
        phase,
        (scope, kind) -> Node.list(scope, kind, select.sql(scope.query())),
        (scope, graph, nodes) ->
            scope
                .query()
                .map(
                    "select oid, since, definition from (%s) kind where oid = any(?)"
                        .formatted(select.sql(scope.query())),
                    row -> Definition.since(row.getInt("since"), row.getString("definition")),
                    nodes.stream().map(Node::oid).toList()));
  }

  /** A query, as the server's version needs it. */
  @FunctionalInterface
  public interface Select {
    String sql(CatalogueQuery query);
  }
}
