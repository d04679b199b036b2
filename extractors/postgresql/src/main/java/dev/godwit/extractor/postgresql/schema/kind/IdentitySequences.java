package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import java.util.List;

/** Sequences of identity columns: their table makes them, but people say things of them too. */
public final class IdentitySequences {
  private IdentitySequences() {}

  /** Those of some tables. */
  public static List<Node> of(Scope scope, List<Node> tables) {
    return Node.list(
        scope,
        Sequences.KIND,
        """
        select c.oid, n.nspname as schema, c.relname as name,
          quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted,
          d.refobjid as relation
        from pg_depend d
        join pg_class c on c.oid = d.objid and c.relkind = 'S'
        join pg_namespace n on n.oid = c.relnamespace
        where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
          and d.deptype = 'i' and d.refobjid = any(?)
        order by 2, 3
        """,
        tables.stream().map(Node::oid).toList());
  }
}
