package dev.godwit.extractor.postgresql.schema;

import static dev.godwit.extractor.postgresql.schema.CatalogueQuery.oid;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code owned by}: sequences that go with a column of a table. */
final class SequenceOwners {
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

  /** The table of each sequence that is owned by a table taken. */
  static Map<Integer, DatasetName> of(Scope scope) {
    Map<Integer, DatasetName> owners = new HashMap<>();
    scope
        .query()
        .list(
            OWNED,
            row -> owners.put(oid(row, "oid"), scope.relations().get(oid(row, "owner"))),
            scope.relations().keySet());
    return owners;
  }

  /** The links, made once the tables are there. */
  static List<SchemaObject> define(Scope scope, DependencyGraph graph, List<ObjectNode> tables) {
    Map<Integer, ObjectNode> sequences = new HashMap<>();
    graph.ordered(ObjectNode.Kind.SEQUENCE).forEach(s -> sequences.put(s.oid(), s));
    return scope
        .query()
        .list(
            OWNED + " order by s.relname",
            row -> {
              ObjectNode sequence = sequences.get(oid(row, "oid"));
              ObjectNode owner = graph.table(oid(row, "owner"));
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
                      List.of(scope.relations().get(owner.oid())),
                      Map.of());
            },
            tables.stream().map(ObjectNode::oid).toList());
  }
}
