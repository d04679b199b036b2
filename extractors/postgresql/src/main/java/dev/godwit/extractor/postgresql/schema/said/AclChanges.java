package dev.godwit.extractor.postgresql.schema.said;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What was granted and revoked since an object was made: its privileges against the usual ones. */
final class AclChanges {
  private AclChanges() {}

  /** Statements, without their object's name, and the roles that they name. */
  record Changes(List<Change> list, Set<String> roles) {
    String rolesArray() {
      return Attributes.array(roles);
    }

    /**
     * The same, apart by the server that they need: an older one refuses a whole statement for one
     * privilege that it does not know.
     */
    SortedMap<Integer, List<Change>> bySince() {
      return list.stream()
          .collect(Collectors.groupingBy(Change::since, TreeMap::new, Collectors.toList()));
    }
  }

  /**
   * What is to be known of some changes.
   *
   * @param since of these changes; they may name fewer roles than all
   */
  static Map<String, String> attributes(Changes all, int since) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(Attributes.ROLES, all.rolesArray());
    if (since > 0) {
      attributes.put(Attributes.SINCE, Integer.toString(since));
    }
    return attributes;
  }

  /** Tells the definition of changes that need a newer server from that of all others. */
  static String id(String target, int since) {
    return "privileges:" + target + (since == 0 ? "" : " of " + since);
  }

  /**
   * One statement.
   *
   * @param before {@code GRANT SELECT, INSERT}, with the columns
   * @param after {@code TO x WITH GRANT OPTION}
   * @param as the quoted role that grants, where it is not the owner
   * @param since the oldest major version that knows the privilege, 0 where any does
   */
  record Change(String before, String after, String as, int since) {
    /** The whole of it, on an object. */
    String on(String target) {
      String text = before + " ON " + target + " " + after;
      return as == null ? text : "SET ROLE " + as + ";\n" + text + ";\nRESET ROLE";
    }
  }

  /** By step. */
  private static final List<String> WORDS =
      List.of("REVOKE ", "REVOKE GRANT OPTION FOR ", "GRANT ");

  private static final int GRANT = 2;

  /** The version that a privilege came with; all others are older than what can be read. */
  private static final String SINCE = "case %s when 'MAINTAIN' then 17 else 0 end";

  /** What is revoked of a whole is revoked of its columns: it comes first. */
  private static final String SELECT =
      """
      with o (oid, part, col, owner, acl, base) as (%1$s),
      given as (
        select o.oid, o.part, o.col, o.owner, a.* from o
        cross join lateral aclexplode(o.acl) with ordinality
          as a (grantor, grantee, privilege, grantable, place)),
      usual as (
        select o.oid, o.part, o.col, o.owner, a.* from o
        cross join lateral aclexplode(o.base) as a (grantor, grantee, privilege, grantable)),
      changed as (
        select u.oid, u.part, u.col, 0 as step, 0::int8 as place, u.owner, u.owner as grantor,
          u.grantee, false as grantable, array_agg(u.privilege order by u.privilege) as privileges,
          %2$s as since
        from usual u
        where not exists (select from given g where g.oid = u.oid and g.part = u.part
                            and g.grantee = u.grantee and g.privilege = u.privilege)
        group by u.oid, u.part, u.col, u.owner, u.grantee, since
        union all
        select u.oid, u.part, u.col, 1, 0, u.owner, u.owner, u.grantee, false,
          array_agg(u.privilege order by u.privilege), %2$s as since
        from usual u
        where u.grantable and false = (
          select bool_or(g.grantable) from given g where g.oid = u.oid and g.part = u.part
            and g.grantee = u.grantee and g.privilege = u.privilege)
        group by u.oid, u.part, u.col, u.owner, u.grantee, since
        union all
        select g.oid, g.part, g.col, 2, min(g.place), g.owner, g.grantor, g.grantee, g.grantable,
          array_agg(g.privilege order by g.place), %3$s as since
        from given g
        where not exists (select from usual u where u.oid = g.oid and u.part = g.part
                            and u.grantee = g.grantee and u.privilege = g.privilege
                            and (u.grantable or not g.grantable))
        group by g.oid, g.part, g.col, g.owner, g.grantor, g.grantee, g.grantable, since)
      select c.oid, c.step, c.grantable, c.since,
        (select string_agg(p || coalesce(' (' || c.col || ')', ''), ', ' order by place)
         from unnest(c.privileges) with ordinality as u (p, place)) as what,
        case when c.grantee = 0 then 'PUBLIC' else quote_ident(e.rolname) end as towhom,
        case when c.grantor <> c.owner then quote_ident(r.rolname) end as bywhom,
        e.rolname as grantee, case when c.grantor <> c.owner then r.rolname end as grantor
      from changed c
      left join pg_roles e on e.oid = c.grantee
      left join pg_roles r on r.oid = c.grantor
      where c.grantee = 0 or e.oid is not null
      order by c.oid, c.part <> 0, c.part, c.step, c.place, c.grantee
      """;

  /**
   * The changes of some objects, by id.
   *
   * @param objects a query for their id, part (a column's number or 0), the column quoted, owner,
   *     privileges and usual privileges
   */
  static Map<Integer, Changes> of(CatalogueQuery query, String objects, Object... parameters) {
    Map<Integer, Changes> all = new LinkedHashMap<>();
    query.list(
        SELECT.formatted(objects, SINCE.formatted("u.privilege"), SINCE.formatted("g.privilege")),
        row -> {
          Changes changes =
              all.computeIfAbsent(
                  oid(row, "oid"), k -> new Changes(new ArrayList<>(), new TreeSet<>()));
          for (String role : new String[] {row.getString("grantee"), row.getString("grantor")}) {
            if (role != null) {
              changes.roles().add(role);
            }
          }
          boolean grant = row.getInt("step") == GRANT;
          String word = WORDS.get(row.getInt("step"));
          return changes
              .list()
              .add(
                  new Change(
                      word + row.getString("what"),
                      (grant ? "TO " : "FROM ")
                          + row.getString("towhom")
                          + (row.getBoolean("grantable") ? " WITH GRANT OPTION" : ""),
                      row.getString("bywhom"),
                      row.getInt("since")));
        },
        parameters);
    return all;
  }
}
