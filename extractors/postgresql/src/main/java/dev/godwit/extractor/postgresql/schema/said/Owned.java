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

  private static Owned without(String table, String owner) {
    return new Owned(table, owner, "", ' ');
  }
}
