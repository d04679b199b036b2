package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Operator classes, with their own members. */
final class OperatorClasses {
  private OperatorClasses() {}

  static final Kind KIND =
      Kind.ofQuery(
          "operator class",
          "OPERATOR CLASS",
          Catalog.OPCLASS,
          Phase.BEFORE_DATA,
          query ->
              """
              select o.oid, n.nspname as schema, o.opcname || ' using ' || am.amname as name,
                quote_ident(n.nspname) || '.' || quote_ident(o.opcname) || ' USING '
                  || quote_ident(am.amname) as quoted,
                0 as relation, 0 as since,
                'CREATE OPERATOR CLASS ' || quote_ident(n.nspname) || '.' || quote_ident(o.opcname)
                || case when o.opcdefault then e'\\n  DEFAULT' else '' end
                || ' FOR TYPE ' || format_type(o.opcintype, null)
                || ' USING ' || quote_ident(am.amname)
                || ' FAMILY ' || quote_ident(fn.nspname) || '.' || quote_ident(f.opfname)
                || e' AS\\n  '
                || concat_ws(e',\\n  ',
                     case when o.opckeytype <> 0 or m.text is null
                       then 'STORAGE ' || format_type(
                         case when o.opckeytype <> 0 then o.opckeytype else o.opcintype end, null)
                     end,
                     m.text) as definition
              from pg_opclass o
              join pg_namespace n on n.oid = o.opcnamespace
              join pg_am am on am.oid = o.opcmethod
              join pg_opfamily f on f.oid = o.opcfamily
              join pg_namespace fn on fn.oid = f.opfnamespace
              cross join lateral (select
              """
                  + OperatorFamilies.members("pg_opclass", "o.oid")
                  + " as text) m where "
                  + Scope.madeByUsers("pg_opclass", "o.oid"));
}
