package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Indexes, and the constraints that are indexes: primary keys, unique, exclusion. */
public final class Indexes {
  private Indexes() {}

  private static final String SELECT =
      """
      select i.indrelid, i.indexrelid, c.relname, n.nspname, pg_get_indexdef(i.indexrelid) as definition,
        quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted,
        %s as nullsnotdistinct, i.indnatts <> %s as including, c.relkind = 'I' as partitioned,
        k.contype, k.conname, quote_ident(k.conname) as conquoted, k.condeferrable, k.condeferred,
        pg_get_constraintdef(k.oid) as constraintdef,
        k.contype = 'p' and exists (select from pg_attribute a join pg_class t on t.oid = a.attrelid
                     where a.attrelid = k.conrelid and a.attnum = any(k.conkey)
                       and a.attinhcount > 0 and not t.relispartition) as inherited,
        (select string_agg(split_part(o, '=', 1) || '='
                  || quote_literal(substr(o, strpos(o, '=') + 1)), ', ')
         from unnest(c.reloptions) as o) as options,
        (select string_agg(format(e';\\nALTER INDEX %%s.%%s ALTER COLUMN %%s SET STATISTICS %%s',
                  quote_ident(n.nspname), quote_ident(c.relname), a.attnum, a.attstattarget), ''
                  order by a.attnum)
         from pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0) as targets
      from pg_index i
      join pg_class c on c.oid = i.indexrelid
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_constraint k
        on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
      where i.indrelid = any(?) and (i.indisvalid or c.relkind = 'I')
      order by array_position(?, i.indrelid), k.contype nulls last, c.relname
      """;

  /** Those of some tables. */
  public static List<SchemaObject> define(Scope scope, Graph graph, List<Node> tables) {
    CatalogueQuery query = scope.query();
    List<Integer> ids = tables.stream().map(Node::oid).toList();
    return query.list(
        SELECT.formatted(
            query.since(15, "i.indnullsnotdistinct", "false"),
            query.since(11, "i.indnkeyatts", "i.indnatts")),
        row -> {
          Node table = graph.relation(oid(row, "indrelid"));
          String type = row.getString("contype");
          String targets = row.getString("targets") == null ? "" : row.getString("targets");
          // Only tables are filled before: a materialized view once all that it reads is there.
          Phase phase = scope.relations().containsKey(table.oid()) ? Phase.AFTER_DATA : Phase.LAST;
          List<String> needs = new ArrayList<>(List.of(table.id()));
          needs.addAll(graph.needsOfLater(Catalog.CLASS, oid(row, "indexrelid")));
          Map<String, String> attributes =
              new TreeMap<>(Attributes.making(row.getString("nspname"), row.getString("relname")));
          if (row.getBoolean("nullsnotdistinct")) {
            attributes.put(Attributes.SINCE, "15");
          } else if (row.getBoolean("including")) {
            attributes.put(Attributes.SINCE, "11");
          }
          if (type == null) {
            return new SchemaObject(
                "index:" + row.getString("quoted"),
                "index",
                scope.name(row.getString("nspname"), row.getString("relname")),
                CatalogueQuery.spelt(row, "definition") + targets,
                needs,
                phase,
                scope.datasets(table.oid()),
                attributes);
          }
          if (row.getBoolean("inherited")) {
            attributes.put(Attributes.INHERITED, "true");
          }
          String definition = row.getString("constraintdef");
          if (definition.contains(" WITHOUT OVERLAPS")) {
            attributes.put(Attributes.SINCE, "18");
          } else if (type.equals("x") && row.getBoolean("partitioned")) {
            attributes.put(Attributes.SINCE, "17");
          }
          if (!type.equals("x") && row.getString("options") != null) {
            definition = withOptions(definition, row.getString("options"));
          }
          return new SchemaObject(
              "constraint:" + table.quoted() + "." + row.getString("conquoted"),
              switch (type) {
                case "p" -> "primary key";
                case "u" -> "unique";
                default -> "exclusion";
              },
              scope.name(table.schema(), table.name(), row.getString("conname")),
              "ALTER TABLE ONLY "
                  + table.quoted()
                  + " ADD CONSTRAINT "
                  + row.getString("conquoted")
                  + " "
                  + definition
                  + targets,
              needs,
              phase,
              scope.datasets(table.oid()),
              attributes);
        },
        ids,
        ids);
  }

  /** pg_get_constraintdef leaves the storage parameters out; their place is before deferrable. */
  private static String withOptions(String definition, String options) {
    int end = definition.length();
    for (String tail : List.of(" INITIALLY DEFERRED", " DEFERRABLE")) {
      if (definition.substring(0, end).endsWith(tail)) {
        end -= tail.length();
      }
    }
    return definition.substring(0, end) + " WITH (" + options + ")" + definition.substring(end);
  }
}
