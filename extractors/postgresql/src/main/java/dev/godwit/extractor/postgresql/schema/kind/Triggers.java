package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/**
 * Triggers, and whether they are switched on. Those that a partition has from its parent come with
 * the parent's; only a state of their own is said.
 */
final class Triggers {
  private Triggers() {}

  static final Kind KIND =
      Kind.ofQuery("trigger", "TRIGGER", Catalog.TRIGGER, Phase.LAST, Triggers::select);

  private static String select(CatalogueQuery query) {
    String inherited =
        query.since(
            13,
            "g.tgparentid <> 0",
            "exists (select from pg_depend x where x.classid = 'pg_trigger'::regclass"
                + " and x.objid = g.oid and x.refclassid = 'pg_trigger'::regclass)");
    return """
        select g.oid, n.nspname as schema, c.relname || '.' || g.tgname as name,
          quote_ident(g.tgname) || ' ON ' || quote_ident(n.nspname) || '.'
            || quote_ident(c.relname) as quoted,
          c.oid as relation, 0 as since,
          case when %1$s then '' else pg_get_triggerdef(g.oid) end
        """
            .formatted(inherited)
        + Rules.state("g.tgenabled", "TRIGGER", "g.tgname")
        + """
         as definition
        from pg_trigger g
        join pg_class c on c.oid = g.tgrelid
        join pg_namespace n on n.oid = c.relnamespace
        where (not g.tgisinternal or %1$s and not exists (
            select from pg_constraint k where k.oid = g.tgconstraint and k.contype in ('f', 'p', 'u', 'x')))
          and (g.tgenabled <> 'O' or not %1$s) and
        """
            .formatted(inherited)
        + Scope.madeByUsers("pg_class", "c.oid");
  }
}
