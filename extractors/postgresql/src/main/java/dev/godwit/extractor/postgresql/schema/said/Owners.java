package dev.godwit.extractor.postgresql.schema.said;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose an object is. A sequence that goes with a column has its table's owner; schema public is
 * the database owner's since 15, unless someone gave it away.
 */
public final class Owners {
  private Owners() {}

  /** What a definition that says an owner is called. */
  public static final String WORD = "owner";

  /** The owners of objects of one catalogue. */
  public static List<SchemaObject> of(Scope scope, List<Node> nodes) {
    Owned owned = Owned.BY_CATALOGUE.get(nodes.get(0).kind().catalogue());
    if (owned == null) {
      return List.of();
    }
    Map<Integer, Node> byId = new HashMap<>();
    nodes.stream()
        .filter(node -> !(node.kind().word().equals("sequence") && node.relation() != 0))
        .forEach(node -> byId.put(node.oid(), node));
    return scope
        .query()
        .list(
            """
            select o.oid, r.rolname, quote_ident(r.rolname) as quoted
            from %1$s o join pg_roles r on r.oid = o.%2$s
            where o.oid = any(?)
              and not ('%1$s' = 'pg_namespace' and o.oid = 2200
                       and r.rolname = 'pg_database_owner')
            order by array_position(?, o.oid)
            """
                .formatted(owned.table(), owned.owner()),
            row -> {
              Node node = byId.get(oid(row, "oid"));
              return new SchemaObject(
                  "owner:" + node.target(),
                  WORD,
                  node.path(scope),
                  "ALTER " + node.target() + " OWNER TO " + row.getString("quoted"),
                  List.of(node.id()),
                  Phase.LAST,
                  scope.datasets(node.relation()),
                  Map.of(Attributes.ROLES, Attributes.array(List.of(row.getString("rolname")))));
            },
            byId.keySet(),
            nodes.stream().map(Node::oid).toList());
  }
}
