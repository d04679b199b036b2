package dev.godwit.extractor.postgresql.schema.said;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The roles of the server, which all its databases share: what they may do, what is set for them
 * everywhere, comments, and who is a member of whom. The server's own ({@code pg_...}) are left
 * out.
 */
public final class ClusterRoles {
  private ClusterRoles() {}

  /** What a definition that makes a role is called. */
  public static final String WORD = "role";

  /** What a definition of a setting of a role in all databases is called. */
  public static final String SETTING = "role setting";

  /** What a definition of a comment on a role is called. */
  public static final String COMMENT = "role comment";

  /** What a definition that makes a role a member of another is called. */
  public static final String MEMBERSHIP = "membership";

  private static final String OWN = "r.rolname !~ '^pg_'";

  /** Whether passwords may be read; only a superuser may, unless someone was granted it. */
  public static boolean readsPasswords(CatalogueQuery query) {
    return query
        .list(
            "select has_column_privilege('pg_catalog.pg_authid', 'rolpassword', 'select') as may",
            row -> row.getBoolean("may"))
        .get(0);
  }

  /** The id of the definition that makes a role, by its plain name. */
  public static String idOf(String role) {
    return WORD + ":" + role;
  }

  /** The roles, then what is said of them, then the memberships. */
  public static List<SchemaObject> define(Scope scope) {
    List<SchemaObject> all = new ArrayList<>(roles(scope));
    all.addAll(settings(scope));
    all.addAll(comments(scope));
    all.addAll(memberships(scope));
    return all;
  }

  private static List<SchemaObject> roles(Scope scope) {
    boolean passwords = scope.secrets() && readsPasswords(scope.query());
    return scope
        .query()
        .list(
            """
            select r.rolname,
              r.rolsuper or r.rolreplication or r.rolbypassrls as mighty,
              'CREATE ROLE ' || quote_ident(r.rolname) || ' WITH'
              || case when r.rolsuper then ' SUPERUSER' else ' NOSUPERUSER' end
              || case when r.rolinherit then ' INHERIT' else ' NOINHERIT' end
              || case when r.rolcreaterole then ' CREATEROLE' else ' NOCREATEROLE' end
              || case when r.rolcreatedb then ' CREATEDB' else ' NOCREATEDB' end
              || case when r.rolcanlogin then ' LOGIN' else ' NOLOGIN' end
              || case when r.rolreplication then ' REPLICATION' else ' NOREPLICATION' end
              || case when r.rolbypassrls then ' BYPASSRLS' else ' NOBYPASSRLS' end
              || case when r.rolconnlimit <> -1 then ' CONNECTION LIMIT ' || r.rolconnlimit
                   else '' end
              || coalesce(' PASSWORD ' || quote_literal(%s), '')
              || coalesce(' VALID UNTIL ' || quote_literal(r.rolvaliduntil), '') as text
            from %s r where %s order by r.rolname
            """
                .formatted(
                    passwords ? "r.rolpassword" : "null::text",
                    passwords ? "pg_authid" : "pg_roles",
                    OWN),
            row -> {
              Map<String, String> attributes = new TreeMap<>();
              attributes.put(Attributes.ROLE, row.getString("rolname"));
              if (row.getBoolean("mighty")) {
                attributes.put(Attributes.MIGHTY, "true");
              }
              return object(
                  scope,
                  idOf(row.getString("rolname")),
                  WORD,
                  row.getString("rolname"),
                  row.getString("text"),
                  List.of(),
                  attributes);
            });
  }

  private static List<SchemaObject> settings(Scope scope) {
    return scope
        .query()
        .list(
            """
            select r.rolname, split_part(c, '=', 1) as key,
              'ALTER ROLE ' || quote_ident(r.rolname) || ' SET '
              || quote_ident(split_part(c, '=', 1)) || ' TO '
              || case when lower(split_part(c, '=', 1)) in %s
                 then substr(c, strpos(c, '=') + 1)
                 else quote_literal(substr(c, strpos(c, '=') + 1)) end as text
            from pg_db_role_setting s
            join pg_roles r on r.oid = s.setrole
            cross join lateral unnest(s.setconfig) c
            where s.setdatabase = 0 and %s
            order by 1, 3
            """
                .formatted(DatabaseSettings.LISTS, OWN),
            row ->
                object(
                    scope,
                    SETTING + ":" + row.getString("rolname") + "." + row.getString("key"),
                    SETTING,
                    row.getString("rolname") + "." + row.getString("key"),
                    row.getString("text"),
                    List.of(idOf(row.getString("rolname"))),
                    Map.of()));
  }

  private static List<SchemaObject> comments(Scope scope) {
    return scope
        .query()
        .list(
            """
            select r.rolname,
              'COMMENT ON ROLE ' || quote_ident(r.rolname) || ' IS '
                || quote_literal(d.description) as text
            from pg_shdescription d join pg_roles r on r.oid = d.objoid
            where d.classoid = 'pg_authid'::regclass and %s
            order by 1
            """
                .formatted(OWN),
            row ->
                object(
                    scope,
                    COMMENT + ":" + row.getString("rolname"),
                    COMMENT,
                    row.getString("rolname"),
                    row.getString("text"),
                    List.of(idOf(row.getString("rolname"))),
                    Map.of()));
  }

  /** A membership; whoever granted it must be able to before. */
  private record Grant(
      String role, String member, String grantor, boolean admin, SchemaObject object) {}

  private static List<SchemaObject> memberships(Scope scope) {
    CatalogueQuery query = scope.query();
    // What 16 says of a membership is what older servers did, unless it says otherwise.
    String unusual =
        query.since(16, "m.inherit_option <> u.rolinherit or not m.set_option", "false");
    String options =
        query.since(
            16,
            "' WITH ADMIN ' || m.admin_option || ', INHERIT ' || m.inherit_option || ', SET '"
                + " || m.set_option",
            "''");
    String since =
        "greatest(case when "
            + unusual
            + " then 16 else 0 end, case r.rolname when 'pg_checkpoint' then 15"
            + " when 'pg_create_subscription' then 16 when 'pg_use_reserved_connections' then 16"
            + " when 'pg_maintain' then 17 when 'pg_signal_autovacuum_worker' then 18 else 0 end)";
    // Who granted it, older servers did not keep right.
    String grantor = query.since(16, "case when m.grantor <> 10 then g.rolname end", "null::text");
    List<Grant> open =
        new ArrayList<>(
            query.list(
                """
                select r.rolname as role, u.rolname as member, m.admin_option,
                  %3$s as grantor, %4$s as since,
                  'GRANT ' || quote_ident(r.rolname) || ' TO ' || quote_ident(u.rolname)
                  || case when %1$s then %2$s when m.admin_option then ' WITH ADMIN OPTION'
                     else '' end
                  || coalesce(' GRANTED BY ' || quote_ident(%3$s), '') as text
                from pg_auth_members m
                join pg_roles r on r.oid = m.roleid
                join pg_roles u on u.oid = m.member
                left join pg_roles g on g.oid = m.grantor
                where u.rolname !~ '^pg_'
                order by r.rolname, u.rolname, g.rolname
                """
                    .formatted(unusual, options, grantor, since),
                row -> {
                  String role = row.getString("role");
                  String member = row.getString("member");
                  String by = row.getString("grantor");
                  List<String> needs = new ArrayList<>(List.of(idOf(role), idOf(member)));
                  if (by != null) {
                    needs.add(idOf(by));
                  }
                  return new Grant(
                      role,
                      member,
                      by,
                      row.getBoolean("admin_option"),
                      object(
                          scope,
                          MEMBERSHIP
                              + ":"
                              + member
                              + " of "
                              + role
                              + (by == null ? "" : " by " + by),
                          MEMBERSHIP,
                          member + " of " + role,
                          row.getString("text"),
                          needs,
                          row.getInt("since") == 0
                              ? Map.of()
                              : Map.of(Attributes.SINCE, row.getString("since"))));
                }));
    return inOrder(open);
  }

  private static List<SchemaObject> inOrder(List<Grant> grants) {
    List<Grant> open = new ArrayList<>(grants);
    List<SchemaObject> ordered = new ArrayList<>();
    Set<List<String>> admins = new HashSet<>();
    boolean found = true;
    while (found) {
      found = false;
      for (Iterator<Grant> each = open.iterator(); each.hasNext(); ) {
        Grant grant = each.next();
        if (grant.grantor() == null || admins.contains(List.of(grant.role(), grant.grantor()))) {
          each.remove();
          ordered.add(grant.object());
          found = true;
          if (grant.admin()) {
            admins.add(List.of(grant.role(), grant.member()));
          }
        }
      }
    }
    open.forEach(grant -> ordered.add(grant.object())); // granted by a superuser of that name
    return ordered;
  }

  private static SchemaObject object(
      Scope scope,
      String id,
      String kind,
      String name,
      String definition,
      List<String> needs,
      Map<String, String> attributes) {
    return new SchemaObject(
        id, kind, scope.name(name), definition, needs, Phase.BEFORE_DATA, List.of(), attributes);
  }
}
