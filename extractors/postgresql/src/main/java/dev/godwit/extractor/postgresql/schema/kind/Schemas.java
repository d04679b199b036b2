package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;

/** The database itself, and its schemas. */
public final class Schemas {
  private Schemas() {}

  static final Kind KIND =
      Kind.ofQuery(
          "schema",
          "SCHEMA",
          Catalog.NAMESPACE,
          Phase.BEFORE_DATA,
          query ->
              """
              select n.oid, null::text as schema, n.nspname as name, quote_ident(n.nspname) as quoted,
                0 as relation, 0 as since,
                'CREATE SCHEMA IF NOT EXISTS ' || quote_ident(n.nspname) as definition
              from pg_namespace n where
              """
                  + Scope.madeByUsers("pg_namespace", "n.oid"));

  /** How a database like this one is made. */
  public static List<SchemaObject> database(Scope scope) {
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
}
