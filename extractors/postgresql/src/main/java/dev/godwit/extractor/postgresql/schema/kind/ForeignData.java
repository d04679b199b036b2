package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Foreign data wrappers and servers. */
final class ForeignData {
  private ForeignData() {}

  /** {@code OPTIONS (...)} of an array of options, in the order that it has; empty for none. */
  static String options(String column) {
    return """
        coalesce((select ' OPTIONS (' || string_agg(quote_ident(f.option_name) || ' '
             || quote_literal(f.option_value), ', ') || ')'
           from pg_options_to_table(%s) f having count(*) > 0), '')
        """
        .formatted(column);
  }

  static final Kind WRAPPERS =
      Kind.ofQuery(
          "foreign data wrapper",
          "FOREIGN DATA WRAPPER",
          Catalog.FOREIGN_DATA_WRAPPER,
          Phase.BEFORE_DATA,
          query ->
              """
              select w.oid, null::text as schema, w.fdwname as name,
                quote_ident(w.fdwname) as quoted, 0 as relation, 0 as since,
                'CREATE FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname)
                || case when w.fdwhandler = 0 then ''
                     else ' HANDLER ' || w.fdwhandler::regproc::text end
                || case when w.fdwvalidator = 0 then ''
                     else ' VALIDATOR ' || w.fdwvalidator::regproc::text end ||
              """
                  + options("w.fdwoptions")
                  + " as definition from pg_foreign_data_wrapper w where "
                  + Scope.madeByUsersAnywhere("pg_foreign_data_wrapper", "w.oid"));

  static final Kind SERVERS =
      Kind.ofQuery(
          "foreign server",
          "SERVER",
          Catalog.FOREIGN_SERVER,
          Phase.BEFORE_DATA,
          query ->
              """
              select s.oid, null::text as schema, s.srvname as name,
                quote_ident(s.srvname) as quoted, 0 as relation, 0 as since,
                'CREATE SERVER ' || quote_ident(s.srvname)
                || coalesce(' TYPE ' || quote_literal(s.srvtype), '')
                || coalesce(' VERSION ' || quote_literal(s.srvversion), '')
                || ' FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname) ||
              """
                  + options("s.srvoptions")
                  + " as definition from pg_foreign_server s"
                  + " join pg_foreign_data_wrapper w on w.oid = s.srvfdw where "
                  + Scope.madeByUsersAnywhere("pg_foreign_server", "s.oid"));
}
