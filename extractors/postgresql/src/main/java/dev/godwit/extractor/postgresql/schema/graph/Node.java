package dev.godwit.extractor.postgresql.schema.graph;

import dev.godwit.spi.name.DatasetName;
import java.util.List;

/**
 * An object that others can depend on.
 *
 * @param kind what it is
 * @param oid its id in its own catalogue
 * @param schema the schema that it is in; empty where it lies in none
 * @param name its name
 * @param quoted both as statements take them, quoted where they need it
 * @param relation the table that it hangs on; 0 for none
 */
public record Node(Kind kind, int oid, String schema, String name, String quoted, int relation) {

  /** The id of its definition. */
  public String id() {
    return kind.word() + ":" + quoted;
  }

  /** Its id among those of all catalogues. */
  public long key() {
    return Catalog.key(kind.catalogue(), oid);
  }

  /** What statements call it: {@code FUNCTION app.tag(integer)}. */
  public String target() {
    return kind.keyword() + " " + quoted;
  }

  /** Its path. */
  public DatasetName path(Scope scope) {
    return schema.isEmpty() ? scope.name(name) : scope.name(schema, name);
  }

  /** Lists what a query says, as {@link Kind#ofQuery} has it, but for the definition. */
  public static List<Node> list(Scope scope, Kind kind, String sql, Object... parameters) {
    return scope
        .query()
        .list(
            "select oid, schema, name, quoted, relation from (" + sql + ") kind",
            row ->
                new Node(
                    kind,
                    CatalogueQuery.oid(row, "oid"),
                    row.getString("schema") == null ? "" : row.getString("schema"),
                    CatalogueQuery.spelt(row, "name"),
                    CatalogueQuery.spelt(row, "quoted"),
                    CatalogueQuery.oid(row, "relation")),
            parameters);
  }
}
