package dev.godwit.extractor.postgresql.schema;

import static dev.godwit.extractor.postgresql.schema.CatalogueQuery.oid;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables, types and sequences are taken, what each of them needs, and the order in which they
 * can be made. Holds ids and names only: a few hundred bytes for each.
 */
final class DependencyGraph {
  private static final Comparator<ObjectNode> BY_NAME =
      Comparator.comparing(ObjectNode::kind)
          .thenComparing(ObjectNode::schema)
          .thenComparing(ObjectNode::name);

  private final Map<Long, ObjectNode> nodes = new LinkedHashMap<>();
  private final Map<Long, Set<Long>> needs = new HashMap<>();
  private final List<ObjectNode> ordered;

  DependencyGraph(Scope scope) {
    List<ObjectNode> standing = new ArrayList<>();
    standing.addAll(tables(scope));
    standing.addAll(types(scope));
    standing.addAll(sequences(scope));
    standing.forEach(node -> nodes.put(node.key(), node));
    readEdges(scope.query());
    if (!scope.whole()) {
      keepReachable(scope);
    }
    this.ordered = order();
  }

  /** Those taken, each after those that it needs. */
  List<ObjectNode> ordered() {
    return ordered;
  }

  /** Those taken of one kind, in their order. */
  List<ObjectNode> ordered(ObjectNode.Kind kind) {
    return ordered.stream().filter(node -> node.kind() == kind).toList();
  }

  /** A table by its id; null where it is not taken. */
  ObjectNode table(int oid) {
    return nodes.get(ObjectNode.key(false, oid));
  }

  /** The definitions that the one of this node needs. */
  List<String> needsOf(ObjectNode node) {
    Set<String> ids = new TreeSet<>();
    for (long needed : needs.getOrDefault(node.key(), Set.of())) {
      ids.add(nodes.get(needed).id());
    }
    return List.copyOf(ids);
  }

  private static List<ObjectNode> tables(Scope scope) {
    return scope
        .query()
        .list(
            """
            select c.oid, n.nspname, c.relname,
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.oid = any(?) and c.relkind in ('r', 'p')
            """,
            row ->
                new ObjectNode(
                    ObjectNode.Kind.TABLE,
                    oid(row, "oid"),
                    row.getString("nspname"),
                    row.getString("relname"),
                    row.getString("quoted")),
            scope.relations().keySet());
  }

  private static List<ObjectNode> types(Scope scope) {
    return scope
        .query()
        .list(
            """
            select t.oid, n.nspname, t.typname, t.typtype,
                   quote_ident(n.nspname) || '.' || quote_ident(t.typname) as quoted
            from pg_type t
            join pg_namespace n on n.oid = t.typnamespace
            left join pg_class c on c.oid = t.typrelid
            left join pg_range r on r.rngtypid = t.oid
            where (t.typtype in ('e', 'd') or t.typtype = 'c' and c.relkind = 'c'
                   or t.typtype = 'r' and r.rngcanonical = 0)
            """
                + " and "
                + Scope.USER_SCHEMA
                + " and "
                + Scope.notOfExtension("pg_type", "t.oid")
                + " and "
                + Scope.notOfExtension("pg_class", "t.typrelid"),
            row ->
                new ObjectNode(
                    switch (row.getString("typtype")) {
                      case "e" -> ObjectNode.Kind.ENUM;
                      case "d" -> ObjectNode.Kind.DOMAIN;
                      case "r" -> ObjectNode.Kind.RANGE;
                      default -> ObjectNode.Kind.COMPOSITE;
                    },
                    oid(row, "oid"),
                    row.getString("nspname"),
                    row.getString("typname"),
                    row.getString("quoted")));
  }

  private static List<ObjectNode> sequences(Scope scope) {
    return scope
        .query()
        .list(
            """
            select c.oid, n.nspname, c.relname,
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'S'
              and not exists (
                select from pg_depend d
                where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i')
            """
                + " and "
                + Scope.USER_SCHEMA
                + " and "
                + Scope.notOfExtension("pg_class", "c.oid"),
            row ->
                new ObjectNode(
                    ObjectNode.Kind.SEQUENCE,
                    oid(row, "oid"),
                    row.getString("nspname"),
                    row.getString("relname"),
                    row.getString("quoted")));
  }

  /**
   * pg_depend, with what belongs to a table or type (defaults, checks, array types, multiranges,
   * row types) counted as the table or type itself.
   */
  private void readEdges(CatalogueQuery query) {
    query.list(
        """
        select distinct dependent_is_type, dependent, needed_is_type, needed
        from (
          select
            d.classid = 'pg_type'::regclass or c.relkind = 'c' or k.contypid <> 0
              as dependent_is_type,
            case when c.relkind = 'c' then c.reltype
                 when k.contypid <> 0 then k.contypid
                 else coalesce(f.adrelid, nullif(k.conrelid, 0), d.objid) end as dependent,
            case when d.refclassid = 'pg_class'::regclass then rc.relkind = 'c'
                 else coalesce(tc.relkind, 'c') not in ('r', 'p') end as needed_is_type,
            case when d.refclassid = 'pg_class'::regclass and rc.relkind = 'c' then rc.reltype
                 when d.refclassid = 'pg_class'::regclass then rc.oid
                 when tc.relkind in ('r', 'p') then tc.oid
        """
            + query.since(14, "when m.rngtypid is not null then m.rngtypid", "")
            + """

                 else t.oid end as needed
          from pg_depend d
          left join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid
          left join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
          left join pg_constraint k on d.classid = 'pg_constraint'::regclass and k.oid = d.objid
          left join pg_class rc on d.refclassid = 'pg_class'::regclass and rc.oid = d.refobjid
          left join pg_type rt on d.refclassid = 'pg_type'::regclass and rt.oid = d.refobjid
          left join pg_type t
            on t.oid = case when rt.typcategory = 'A' and rt.typelem <> 0 then rt.typelem
                            else rt.oid end
          left join pg_class tc on tc.oid = t.typrelid
        """
            + query.since(14, "left join pg_range m on m.rngmultitypid = t.oid", "")
            + """

          where d.refclassid in ('pg_class'::regclass, 'pg_type'::regclass)
            and d.refobjid >= 16384
            and (c.relkind in ('r', 'p', 'c') or f.oid is not null or k.contype = 'c'
                 or d.classid = 'pg_type'::regclass)
            and (rc.oid is null or rc.relkind in ('r', 'p', 'c', 'S'))
        ) edge
        """,
        row -> {
          long from = ObjectNode.key(row.getBoolean("dependent_is_type"), oid(row, "dependent"));
          long to = ObjectNode.key(row.getBoolean("needed_is_type"), oid(row, "needed"));
          if (from != to && nodes.containsKey(from) && nodes.containsKey(to)) {
            boolean ownedSequence =
                nodes.get(from).kind() == ObjectNode.Kind.SEQUENCE; // made first, owned later
            if (!ownedSequence) {
              needs.computeIfAbsent(from, k -> new HashSet<>()).add(to);
            }
          }
          return null;
        });
  }

  private void keepReachable(Scope scope) {
    Set<Long> reached = new HashSet<>();
    ArrayDeque<Long> open = new ArrayDeque<>();
    nodes.values().stream()
        .filter(node -> node.kind() == ObjectNode.Kind.TABLE)
        .forEach(node -> open.add(node.key()));
    typesTaken(scope).forEach(type -> open.add(ObjectNode.key(true, type)));
    SequenceOwners.of(scope)
        .forEach((sequence, owner) -> open.add(ObjectNode.key(false, sequence)));
    while (!open.isEmpty()) {
      long key = open.poll();
      if (nodes.containsKey(key) && reached.add(key)) {
        open.addAll(needs.getOrDefault(key, Set.of()));
      }
    }
    nodes.keySet().retainAll(reached);
    needs.keySet().retainAll(reached);
  }

  /** The types taken, and those that their arrays and multiranges are made of. */
  private static List<Integer> typesTaken(Scope scope) {
    if (scope.types().isEmpty()) {
      return List.of();
    }
    String ranges =
        scope
            .query()
            .since(
                14,
                "union select rngtypid from pg_range"
                    + " where rngmultitypid = t.oid or rngmultitypid = t.typelem",
                "");
    return scope
        .query()
        .list(
            """
            select needed.oid
            from pg_type t
            cross join lateral (select t.oid union select t.typelem %s) needed (oid)
            where t.oid = any(?) and needed.oid >= 16384
            """
                .formatted(ranges),
            row -> oid(row, "oid"),
            scope.types());
  }

  private List<ObjectNode> order() {
    Map<Long, Integer> missing = new HashMap<>();
    Map<Long, List<Long>> waiting = new HashMap<>();
    needs.forEach(
        (from, all) -> {
          missing.put(from, all.size());
          all.forEach(to -> waiting.computeIfAbsent(to, k -> new ArrayList<>()).add(from));
        });
    PriorityQueue<ObjectNode> ready = new PriorityQueue<>(BY_NAME);
    nodes.values().stream().filter(n -> !missing.containsKey(n.key())).forEach(ready::add);
    List<ObjectNode> made = new ArrayList<>(nodes.size());
    while (!ready.isEmpty()) {
      ObjectNode next = ready.poll();
      made.add(next);
      for (long freed : waiting.getOrDefault(next.key(), List.of())) {
        if (missing.merge(freed, -1, Integer::sum) == 0) {
          ready.add(nodes.get(freed));
        }
      }
    }
    if (made.size() < nodes.size()) {
      // Only functions could close a circle, and those are not carried; better late than never.
      Set<ObjectNode> done = new HashSet<>(made);
      nodes.values().stream().filter(n -> !done.contains(n)).sorted(BY_NAME).forEach(made::add);
    }
    return List.copyOf(made);
  }
}
