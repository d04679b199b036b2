package dev.godwit.extractor.postgresql.schema.graph;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * pg_depend, told of whole objects. What belongs to an object (its array and row types, defaults,
 * checks, a view's rule, the functions that a range makes) counts as the object itself; a member of
 * an extension counts as the extension. The part that an edge comes from is kept: it tells what can
 * be made apart where objects need each other in a circle.
 *
 * <p>Types of dependency are those of the manual, "pg_depend": i internal, a auto, e extension.
 */
final class Dependencies {
  private static final Set<Integer> PARTS =
      Set.of(Catalog.ATTRDEF, Catalog.CONSTRAINT, Catalog.CLASS);

  /** A loose member of a family may go with its function as well as with the family. */
  private static final Set<Integer> MEMBERS = Set.of(Catalog.AMOP, Catalog.AMPROC);

  private static final Set<Integer> OF_MEMBERS = Set.of(Catalog.OPFAMILY, Catalog.OPCLASS);

  /** What the server makes for itself has smaller ids ("FirstNormalObjectId"). */
  private static final int FIRST_OF_USERS = 16384;

  /** An object needs another, because of the part {@code via} of it; 0 where it does itself. */
  record Edge(long to, long via) {
    // Written out, as those of DatasetName are: the generated ones take 10 ms of a start.
    @Override
    public boolean equals(Object other) {
      return other instanceof Edge that && to == that.to && via == that.via;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(to) + Long.hashCode(via);
    }
  }

  /** A row of pg_depend. */
  private record Row(long from, long to, char type) {}

  private final Map<Long, Node> nodes;
  private final Map<Long, Long> owners = new HashMap<>();
  private final Set<Long> members = new HashSet<>();
  private final Set<Long> made = new HashSet<>();
  private final Map<Long, Set<Edge>> edges = new HashMap<>();
  private final Map<Long, Set<Long>> later = new HashMap<>();
  private final Map<Long, Set<Long>> unknown = new HashMap<>();
  private final Set<Long> needKeys = new HashSet<>();
  private final Map<Long, Long> needThemselves;

  Dependencies(CatalogueQuery query, Map<Long, Node> nodes) {
    this.nodes = nodes;
    query.list(
        "select oid from pg_constraint where contype in ('f', 'p', 'u', 'x')",
        row -> made.add(Catalog.key(Catalog.CONSTRAINT, oid(row, "oid"))));
    List<Row> rows = read(query);
    rows.forEach(this::learnOwner);
    rows.forEach(this::learnEdge);
    this.needThemselves = viewsOfThemselves(query);
  }

  /**
   * Views that show columns of their own, which {@code CREATE OR REPLACE VIEW} allows, with their
   * rules. To 15 the rule of any view needs the view as a whole: only a column tells.
   */
  private static Map<Long, Long> viewsOfThemselves(CatalogueQuery query) {
    Map<Long, Long> views = new HashMap<>();
    query.list(
        """
        select distinct r.ev_class, r.oid from pg_depend d
        join pg_rewrite r on r.oid = d.objid and r.ev_class = d.refobjid
        where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
          and d.deptype = 'n' and d.refobjsubid > 0 and r.rulename = '_RETURN'
        """,
        row ->
            views.put(
                Catalog.key(Catalog.CLASS, oid(row, "ev_class")),
                Catalog.key(Catalog.REWRITE, oid(row, "oid"))));
    return views;
  }

  private static List<Row> read(CatalogueQuery query) {
    return query.list(
        """
        select d.classid, d.objid, d.refclassid, d.refobjid, d.deptype
        from pg_depend d
        left join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid
        where d.objid >= 16384 and (d.deptype in ('n', 'a', 'i', 'e')
            or d.deptype in ('P', 'I') and d.classid = 'pg_trigger'::regclass)
          and (c.oid is null or c.relkind <> 't')
        """,
        row ->
            new Row(
                Catalog.key(oid(row, "classid"), oid(row, "objid")),
                Catalog.key(oid(row, "refclassid"), oid(row, "refobjid")),
                row.getString("deptype").charAt(0)));
  }

  private void learnOwner(Row row) {
    // A generated column needs others of its table: the table is no part of itself.
    if (nodes.containsKey(row.from()) || belongsTo(row.to(), row.from())) {
      return;
    }
    switch (row.type()) {
      case 'e' -> {
        owners.put(row.from(), row.to());
        members.add(row.from());
      }
      case 'i' -> {
        if (!members.contains(row.from())) {
          owners.put(row.from(), row.to());
        }
      }
      // What a partition has of a trigger goes with what its parent has of it.
      case 'P', 'I' -> owners.putIfAbsent(row.from(), row.to());
      case 'a' -> {
        int part = Catalog.of(row.from());
        if (PARTS.contains(part)
            || isOfPublication(row)
            || (MEMBERS.contains(part) && OF_MEMBERS.contains(Catalog.of(row.to())))) {
          owners.putIfAbsent(row.from(), row.to());
        }
      }
      default -> {
        // It needs the other and is no part of it.
      }
    }
  }

  /** That a table or schema is published is a part of the publication. */
  private static boolean isOfPublication(Row row) {
    int catalogue = Catalog.of(row.from());
    return Catalog.of(row.to()) == Catalog.PUBLICATION
        && (catalogue == Catalog.PUBLICATION_TABLE || catalogue == Catalog.PUBLICATION_SCHEMA);
  }

  /** Whether something is another, or a part of it. */
  private boolean belongsTo(long part, long whole) {
    for (Long at = part; at != null; at = owners.get(at)) {
      if (at == whole) {
        return true;
      }
    }
    return false;
  }

  /** The object that something is, or is a part of; 0 where it is none of those listed. */
  private long whole(long key) {
    long at = key;
    while (!nodes.containsKey(at)) {
      Long owner = owners.get(at);
      if (owner == null) {
        return 0;
      }
      at = owner;
    }
    return at;
  }

  private boolean isMember(long key) {
    for (Long at = key; at != null && !nodes.containsKey(at); at = owners.get(at)) {
      if (members.contains(at)) {
        return true;
      }
    }
    return false;
  }

  private void learnEdge(Row row) {
    boolean itself = nodes.containsKey(row.from());
    // A sequence is owned by a column, a partition goes with its table: both are told afterwards.
    boolean link =
        itself
            && row.type() == 'a'
            && Catalog.of(row.from()) == Catalog.CLASS
            && Catalog.of(row.to()) == Catalog.CLASS;
    if (link || isMember(row.from())) {
      return;
    }
    long from = whole(row.from());
    long to = whole(row.to());
    if (from == 0 || from == to) {
      return;
    }
    boolean afterwards = !itself && isMadeAfterwards(row.from());
    if (to == 0) {
      // A foreign key to a table that is not taken is left out, and so is such a parent.
      boolean table = Catalog.of(row.to()) == Catalog.CLASS && Catalog.of(from) == Catalog.CLASS;
      boolean left = table && nodes.get(from).kind().word().equals("table");
      if (Integer.compareUnsigned(Catalog.oid(row.to()), FIRST_OF_USERS) >= 0
          && !left
          && !afterwards) {
        unknown.computeIfAbsent(from, k -> new HashSet<>()).add(row.to());
      }
    } else if (afterwards) {
      later.computeIfAbsent(row.from(), k -> new HashSet<>()).add(to);
    } else {
      long via = itself ? 0 : row.from();
      edges.computeIfAbsent(from, k -> new HashSet<>()).add(new Edge(to, via));
      if (made.contains(row.to())) {
        needKeys.add(from);
      }
    }
  }

  /** Indexes, keys and foreign keys, which are no part of the table's own definition. */
  private boolean isMadeAfterwards(long part) {
    for (Long at = part; at != null && !nodes.containsKey(at); at = owners.get(at)) {
      boolean index = Catalog.of(at) == Catalog.CLASS;
      if (made.contains(at) || Catalog.of(at) == Catalog.TRIGGER || (index && !isRowOfType(at))) {
        return true;
      }
    }
    return false;
  }

  /** Of what lies in pg_class, a composite type's row is a part of it; others come afterwards. */
  private boolean isRowOfType(long key) {
    Long owner = owners.get(key);
    return owner != null && Catalog.of(owner) == Catalog.TYPE;
  }

  /** What each object needs. */
  Map<Long, Set<Edge>> edges() {
    return edges;
  }

  /** What each index, key and foreign key needs beside its table, by its own key. */
  Map<Long, Set<Long>> later() {
    return later;
  }

  /** What each object needs and is not listed. */
  Map<Long, Set<Long>> unknown() {
    return unknown;
  }

  /** The objects that need a key of a table, and so can only be made after the keys. */
  Set<Long> needKeys() {
    return needKeys;
  }

  /** Views that need themselves, each with its rule, which does. */
  Map<Long, Long> needThemselves() {
    return needThemselves;
  }

  /** The object that a part belongs to. */
  long owner(long part) {
    return whole(part);
  }

  /** Whether something is one of some relations, or a part of it, as the type of its rows. */
  boolean isOfRelation(long key, Set<Integer> relations) {
    for (Long at = key; at != null; at = owners.get(at)) {
      if (Catalog.of(at) == Catalog.CLASS && relations.contains(Catalog.oid(at))) {
        return true;
      }
    }
    return false;
  }

  /** All objects that later parts of an object need. */
  Map<Long, Set<Long>> laterOfWhole() {
    Map<Long, Set<Long>> all = new HashMap<>();
    later.forEach(
        (part, needs) -> all.computeIfAbsent(whole(part), k -> new HashSet<>()).addAll(needs));
    return all;
  }
}
