package dev.godwit.extractor.postgresql.schema.said;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import java.util.Map;

/**
 * Where a catalogue keeps owners and privileges.
 *
 * @param table its name
 * @param owner its column for the owner
 * @param acl its column for privileges; empty where it has none
 * @param letter what {@code acldefault} calls such objects
 */
record Owned(String table, String owner, String acl, char letter) {
  static final Map<Integer, Owned> BY_CATALOGUE =
      Map.ofEntries(
          Map.entry(Catalog.NAMESPACE, new Owned("pg_namespace", "nspowner", "nspacl", 'n')),
          Map.entry(Catalog.CLASS, new Owned("pg_class", "relowner", "relacl", 'r')),
          Map.entry(Catalog.TYPE, new Owned("pg_type", "typowner", "typacl", 'T')),
          Map.entry(Catalog.PROC, new Owned("pg_proc", "proowner", "proacl", 'f')),
          Map.entry(Catalog.LANGUAGE, new Owned("pg_language", "lanowner", "lanacl", 'l')),
          Map.entry(
              Catalog.FOREIGN_DATA_WRAPPER,
              new Owned("pg_foreign_data_wrapper", "fdwowner", "fdwacl", 'F')),
          Map.entry(
              Catalog.FOREIGN_SERVER, new Owned("pg_foreign_server", "srvowner", "srvacl", 'S')),
          Map.entry(Catalog.COLLATION, without("pg_collation", "collowner")),
          Map.entry(Catalog.CONVERSION, without("pg_conversion", "conowner")),
          Map.entry(Catalog.OPERATOR, without("pg_operator", "oprowner")),
          Map.entry(Catalog.OPCLASS, without("pg_opclass", "opcowner")),
          Map.entry(Catalog.OPFAMILY, without("pg_opfamily", "opfowner")),
          Map.entry(Catalog.TS_CONFIG, without("pg_ts_config", "cfgowner")),
          Map.entry(Catalog.TS_DICT, without("pg_ts_dict", "dictowner")),
          Map.entry(Catalog.STATISTIC_EXT, without("pg_statistic_ext", "stxowner")),
          Map.entry(Catalog.PUBLICATION, without("pg_publication", "pubowner")),
          Map.entry(Catalog.SUBSCRIPTION, without("pg_subscription", "subowner")),
          Map.entry(Catalog.EVENT_TRIGGER, without("pg_event_trigger", "evtowner")));

  /**
   * Schemas: a server has its own public already. Since 15 not everyone may make things there;
   * before, that is said of those databases that forbid it.
   */
  private static final String PUBLIC =
      """
      select o.oid, 0, null::text, o.nspowner, coalesce(o.nspacl, acldefault('n', o.nspowner)),
        case when o.nspname = 'public'
          then acldefault('n', o.nspowner) || makeaclitem(0, o.nspowner, 'USAGE', false)
            || case when current_setting('server_version_num')::int < 150000
                 and not exists (select from aclexplode(o.nspacl) a
                   where a.grantee = 0 and a.privilege_type = 'CREATE')
               then array[makeaclitem(0, o.nspowner, 'CREATE', false)] end
          else coalesce((select i.initprivs from pg_init_privs i
            where i.classoid = 'pg_namespace'::regclass and i.objoid = o.oid and i.objsubid = 0
              %s), acldefault('n', o.nspowner)) end
      from pg_namespace o where (o.nspacl is not null or o.nspname = 'public')
      """;

  /**
   * A query for what {@link AclChanges} takes: the privileges of its objects, and those that they
   * had when the server or an extension made them.
   *
   * @param initial which of pg_init_privs are meant, after {@code and}; empty for all
   */
  String privileges(String initial) {
    String usual =
        table.equals("pg_class")
            ? "acldefault(case when o.relkind = 'S' then 's'::\"char\" else 'r'::\"char\" end, o.relowner)"
            : "acldefault('%s', o.%s)".formatted(letter, owner);
    if (table.equals("pg_namespace")) {
      return PUBLIC.formatted(initial);
    }
    return """
        select o.oid, 0, null::text, o.%2$s, o.%3$s, coalesce((select i.initprivs
            from pg_init_privs i where i.classoid = '%1$s'::regclass and i.objoid = o.oid
              and i.objsubid = 0 %4$s), %5$s)
        from %1$s o where o.%3$s is not null
        """
        .formatted(table, owner, acl, initial, usual);
  }

  private static Owned without(String table, String owner) {
    return new Owned(table, owner, "", ' ');
  }
}
