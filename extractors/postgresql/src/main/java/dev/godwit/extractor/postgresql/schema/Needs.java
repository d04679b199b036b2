package dev.godwit.extractor.postgresql.schema;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What objects need and no definition brings. Written so that a target can be asked for each
 * ({@link Attributes#NEEDS}).
 */
final class Needs {
  private Needs() {}

  /** The needs of a page of objects, by object; nothing for those that need nothing. */
  static Map<Node, String> of(Scope scope, Graph graph, List<Node> nodes) {
    Map<Integer, Set<Integer>> wanted = new HashMap<>();
    for (Node node : nodes) {
      for (long key : graph.unknownTo(node)) {
        wanted.computeIfAbsent(Catalog.of(key), k -> new LinkedHashSet<>()).add(Catalog.oid(key));
      }
    }
    Map<Long, List<String>> said = new HashMap<>();
    wanted.forEach((catalogue, ids) -> said.putAll(say(scope, catalogue, ids)));
    Map<Node, String> needs = new HashMap<>();
    for (Node node : nodes) {
      List<String> parts = new ArrayList<>();
      graph.unknownTo(node).stream()
          .sorted()
          .forEach(key -> parts.addAll(said.getOrDefault(key, List.of())));
      if (!parts.isEmpty()) {
        needs.put(node, Attributes.array(parts));
      }
    }
    return needs;
  }

  private static Map<Long, List<String>> say(Scope scope, int catalogue, Set<Integer> ids) {
    Map<Long, List<String>> said = new HashMap<>();
    scope
        .query()
        .list(
            """
            select n.id, o.type, o.object_names::text as names, o.object_args::text as args,
              o.type || ' ' || i.identity as words
            from unnest(?) as n (id)
            cross join lateral pg_identify_object_as_address(%1$d, n.id, 0) o
            cross join lateral pg_identify_object(%1$d, n.id, 0) i
            where o.type is not null and o.object_names is not null
            """
                .formatted(catalogue),
            row ->
                said.put(
                    Catalog.key(catalogue, oid(row, "id")),
                    List.of(
                        row.getString("type"),
                        row.getString("names"),
                        row.getString("args"),
                        row.getString("words"))),
            ids);
    return said;
  }
}
