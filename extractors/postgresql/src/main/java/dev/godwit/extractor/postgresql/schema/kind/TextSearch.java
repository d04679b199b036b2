package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Text search: parsers, templates, dictionaries and configurations. */
final class TextSearch {
  private TextSearch() {}

  private static final String PREFIX = "TEXT SEARCH ";

  static final Kind PARSERS =
      kind(
          "parser",
          Catalog.TS_PARSER,
          "pg_ts_parser",
          "prs",
          """
          ' (start = ' || o.prsstart::text || ', gettoken = ' || o.prstoken::text
          || ', end = ' || o.prsend::text
          || case when o.prsheadline = 0 then '' else ', headline = ' || o.prsheadline::text end
          || ', lextypes = ' || o.prslextype::text || ')'
          """);

  static final Kind TEMPLATES =
      kind(
          "template",
          Catalog.TS_TEMPLATE,
          "pg_ts_template",
          "tmpl",
          """
          ' (' || case when o.tmplinit = 0 then '' else 'init = ' || o.tmplinit::text || ', ' end
          || 'lexize = ' || o.tmpllexize::text || ')'
          """);

  static final Kind DICTIONARIES =
      kind(
          "dictionary",
          Catalog.TS_DICT,
          "pg_ts_dict",
          "dict",
          """
          (select ' (template = ' || quote_ident(tn.nspname) || '.' || quote_ident(t.tmplname)
             || coalesce(', ' || o.dictinitoption, '') || ')'
           from pg_ts_template t join pg_namespace tn on tn.oid = t.tmplnamespace
           where t.oid = o.dicttemplate)
          """);

  static final Kind CONFIGURATIONS =
      kind(
          "configuration",
          Catalog.TS_CONFIG,
          "pg_ts_config",
          "cfg",
          """
          (select ' (parser = ' || quote_ident(pn.nspname) || '.' || quote_ident(p.prsname) || ')'
           from pg_ts_parser p join pg_namespace pn on pn.oid = p.prsnamespace
           where p.oid = o.cfgparser)
          || coalesce((
            select string_agg(e';\\nALTER TEXT SEARCH CONFIGURATION ' || quote_ident(n.nspname)
              || '.' || quote_ident(o.cfgname) || ' ADD MAPPING FOR ' || m.token || ' WITH '
              || m.dictionaries, '' order by m.tokid)
            from (
              select tt.tokid, quote_ident(tt.alias) as token,
                string_agg(quote_ident(dn.nspname) || '.' || quote_ident(d.dictname), ', '
                  order by cm.mapseqno) as dictionaries
              from pg_ts_config_map cm
              join ts_token_type(o.cfgparser) tt on tt.tokid = cm.maptokentype
              join pg_ts_dict d on d.oid = cm.mapdict
              join pg_namespace dn on dn.oid = d.dictnamespace
              where cm.mapcfg = o.oid group by tt.tokid, tt.alias) m), '')
          """);

  private static Kind kind(
      String word, int catalogue, String table, String prefix, String definition) {
    String keyword = PREFIX + word.toUpperCase(java.util.Locale.ROOT);
    return Kind.ofQuery(
        "text search " + word,
        keyword,
        catalogue,
        Phase.BEFORE_DATA,
        query ->
            """
            select o.oid, n.nspname as schema, o.%1$sname as name,
              quote_ident(n.nspname) || '.' || quote_ident(o.%1$sname) as quoted,
              0 as relation, 0 as since,
              'CREATE %2$s ' || quote_ident(n.nspname) || '.' || quote_ident(o.%1$sname) || %3$s
                as definition
            from %4$s o join pg_namespace n on n.oid = o.%1$snamespace
            where
            """
                    .formatted(prefix, keyword, definition, table)
                + " "
                + Scope.madeByUsers(table, "o.oid"));
  }
}
