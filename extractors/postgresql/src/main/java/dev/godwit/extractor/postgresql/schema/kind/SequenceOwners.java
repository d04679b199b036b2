package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code owned by}: sequences that go with a column of a table. */
public final class SequenceOwners {
  private SequenceOwners() {}

  private static final String OWNED =
      """
      select s.oid, d.refobjid as owner, quote_ident(a.attname) as attname
      from pg_class s
      join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.oid and d.objsubid = 0
        and d.refclassid = 'pg_class'::regclass and d.deptype = 'a'
      join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where s.relkind = 'S' and d.refobjid = any(?)
      """;

  /** The links, made once the tables are there. */
  public static List<SchemaObject> define(Scope scope, Graph graph, List<Node> tables) {
    Map<Integer, Node> sequences = new HashMap<>();
    graph.ordered("sequence").forEach(s -> sequences.put(s.oid(), s));
    return scope
        .query()
        .list(
            OWNED + " order by s.relname",
            row -> {
              Node sequence = sequences.get(oid(row, "oid"));
              Node owner = graph.relation(oid(row, "owner"));
              return sequence == null
                  ? null
                  : new SchemaObject(
                      "sequence owner:" + sequence.quoted(),
                      "sequence owner",
                      scope.name(sequence.schema(), sequence.name()),
                      "ALTER SEQUENCE "
                          + sequence.quoted()
                          + " OWNED BY "
                          + owner.quoted()
                          + "."
                          + row.getString("attname"),
                      List.of(sequence.id(), owner.id()),
                      Phase.BEFORE_DATA,
                      scope.datasets(owner.oid()),
                      Map.of());
            },
            tables.stream().map(Node::oid).toList());
  }
}
