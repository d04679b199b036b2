package dev.godwit.extractor.postgresql.schema;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The database itself, and its schemas. */
final class Schemas {
  private Schemas() {}

  /** The quoted name of the schema that a node is in. */
  static String quotedSchema(ObjectNode node) {
    // The quoted name is schema, dot, name: what is left when the quoted name goes is the schema.
    String quoted = node.quoted();
    if (!quoted.startsWith("\"")) {
      return quoted.substring(0, quoted.indexOf('.'));
    }
    int at = 1;
    while (quoted.charAt(at) != '"' || quoted.charAt(at + 1) == '"') {
      at += quoted.charAt(at) == '"' ? 2 : 1;
    }
    return quoted.substring(0, at + 1);
  }

  static List<SchemaObject> database(Scope scope) {
    CatalogueQuery query = scope.query();
    return query.list(
        "select pg_encoding_to_char(d.encoding) as encoding,"
            + " quote_literal(d.datcollate) as datcollate, quote_literal(d.datctype) as datctype, "
            + query.since(15, "d.datlocprovider::text", "'c'")
            + " as provider, "
            + query.since(17, "d.datlocale", query.since(15, "d.daticulocale", "null::text"))
            + " as locale, "
            + query.since(16, "d.daticurules", "null::text")
            + " as rules from pg_database d where d.datname = current_database()",
        row -> {
          String provider = row.getString("provider");
          StringBuilder options =
              new StringBuilder(" TEMPLATE template0 ENCODING '")
                  .append(row.getString("encoding"))
                  .append("' LC_COLLATE ")
                  .append(row.getString("datcollate"))
                  .append(" LC_CTYPE ")
                  .append(row.getString("datctype"));
          if (provider.equals("i")) {
            options
                .append(" LOCALE_PROVIDER icu ICU_LOCALE ")
                .append(literal(row.getString("locale")));
            if (row.getString("rules") != null) {
              options.append(" ICU_RULES ").append(literal(row.getString("rules")));
            }
          } else if (provider.equals("b")) {
            options
                .append(" LOCALE_PROVIDER builtin BUILTIN_LOCALE ")
                .append(literal(row.getString("locale")));
          }
          return new SchemaObject(
              "database:locale",
              "database",
              scope.name("locale"),
              options.toString().strip(),
              List.of(),
              Phase.BEFORE_DATA,
              List.of(),
              Map.of(Attributes.ENCODING, row.getString("encoding")));
        });
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static List<SchemaObject> define(Scope scope, DependencyGraph graph) {
    Set<String> used = graph.ordered().stream().map(ObjectNode::schema).collect(Collectors.toSet());
    return scope
        .query()
        .list(
            "select n.nspname, quote_ident(n.nspname) as quoted from pg_namespace n where "
                + Scope.USER_SCHEMA
                + " and "
                + Scope.notOfExtension("pg_namespace", "n.oid")
                + " order by 1",
            row ->
                scope.whole() || used.contains(row.getString("nspname"))
                    ? new SchemaObject(
                        "schema:" + row.getString("quoted"),
                        "schema",
                        scope.name(row.getString("nspname")),
                        "CREATE SCHEMA IF NOT EXISTS " + row.getString("quoted"),
                        List.of(),
                        Phase.BEFORE_DATA,
                        List.of(),
                        Map.of())
                    : null);
  }
}
