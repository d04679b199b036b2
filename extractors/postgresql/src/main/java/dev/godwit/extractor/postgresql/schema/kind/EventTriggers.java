package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Event triggers: the last of all, since they act on what is made after them. */
public final class EventTriggers {
  private EventTriggers() {}

  /** What its definitions' kind says. */
  public static final String WORD = "event trigger";

  static final Kind KIND =
      Kind.ofQuery(
          WORD,
          "EVENT TRIGGER",
          Catalog.EVENT_TRIGGER,
          Phase.LAST,
          query ->
              """
              select e.oid, null::text as schema, e.evtname as name, quote_ident(e.evtname) as quoted,
                0 as relation, case e.evtevent when 'login' then 17 else 0 end as since,
                'CREATE EVENT TRIGGER ' || quote_ident(e.evtname) || ' ON ' || e.evtevent
                || coalesce((select e'\\n  WHEN TAG IN (' || string_agg(quote_literal(t), ', ')
                     || ')' from unnest(e.evttags) t having count(*) > 0), '')
                || e'\\n  EXECUTE FUNCTION ' || e.evtfoid::regproc::text || '()'
                || case e.evtenabled when 'O' then '' else e';\\nALTER EVENT TRIGGER '
                     || quote_ident(e.evtname) || case e.evtenabled when 'D' then ' DISABLE'
                       when 'A' then ' ENABLE ALWAYS' else ' ENABLE REPLICA' end end as definition
              from pg_event_trigger e where
              """
                  + Scope.madeByUsersAnywhere("pg_event_trigger", "e.oid"));
}
