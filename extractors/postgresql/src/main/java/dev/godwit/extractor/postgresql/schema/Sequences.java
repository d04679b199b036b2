package dev.godwit.extractor.postgresql.schema;

import static dev.godwit.extractor.postgresql.schema.CatalogueQuery.oid;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sequences that stand alone or are owned by a column; those of identity columns come with it. */
final class Sequences {
  private Sequences() {}

  /** The parameters of the sequence {@code q}, a row of pg_sequence. */
  static String parameters(ResultSet row) throws SQLException {
    return " START WITH "
        + row.getLong("seqstart")
        + " INCREMENT BY "
        + row.getLong("seqincrement")
        + " MINVALUE "
        + row.getLong("seqmin")
        + " MAXVALUE "
        + row.getLong("seqmax")
        + " CACHE "
        + row.getLong("seqcache")
        + (row.getBoolean("seqcycle") ? " CYCLE" : "");
  }

  static List<SchemaObject> define(Scope scope, List<ObjectNode> sequences) {
    Map<Integer, ObjectNode> byId = new HashMap<>();
    sequences.forEach(s -> byId.put(s.oid(), s));
    Map<Integer, DatasetName> owners = SequenceOwners.of(scope);
    return scope
        .query()
        .list(
            """
            select c.oid, c.relpersistence, format_type(q.seqtypid, null) as seqtype, q.*
            from pg_class c
            join pg_sequence q on q.seqrelid = c.oid
            where c.oid = any(?)
            order by array_position(?, c.oid)
            """,
            row -> {
              ObjectNode node = byId.get(oid(row, "oid"));
              boolean unlogged = row.getString("relpersistence").equals("u");
              DatasetName owner = owners.get(node.oid());
              return new SchemaObject(
                  node.id(),
                  "sequence",
                  scope.name(node.schema(), node.name()),
                  (unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ")
                      + node.quoted()
                      + " AS "
                      + row.getString("seqtype")
                      + parameters(row),
                  List.of("schema:" + Schemas.quotedSchema(node)),
                  Phase.BEFORE_DATA,
                  owner == null ? List.of() : List.of(owner),
                  Attributes.making(node.schema(), node.name()));
            },
            byId.keySet(),
            sequences.stream().map(ObjectNode::oid).toList());
  }
}
