package dev.godwit.extractor.postgresql.schema;

import static dev.godwit.extractor.postgresql.schema.CatalogueQuery.oid;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Indexes, and the constraints that are indexes: primary keys, unique, exclusion. */
final class Indexes {
  private Indexes() {}

  private static final String SELECT =
      """
      select i.indrelid, c.relname, n.nspname, pg_get_indexdef(i.indexrelid) as definition,
        quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted,
        %s as nullsnotdistinct, i.indnatts <> %s as including,
        k.contype, k.conname, quote_ident(k.conname) as conquoted, k.condeferrable, k.condeferred,
        pg_get_constraintdef(k.oid) as constraintdef,
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

  static List<SchemaObject> define(Scope scope, DependencyGraph graph, List<ObjectNode> tables) {
    CatalogueQuery query = scope.query();
    List<Integer> ids = tables.stream().map(ObjectNode::oid).toList();
    return query.list(
        SELECT.formatted(
            query.since(15, "i.indnullsnotdistinct", "false"),
            query.since(11, "i.indnkeyatts", "i.indnatts")),
        row -> {
          ObjectNode table = graph.table(oid(row, "indrelid"));
          String type = row.getString("contype");
          String targets = row.getString("targets") == null ? "" : row.getString("targets");
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
                row.getString("definition") + targets,
                List.of(table.id()),
                Phase.AFTER_DATA,
                List.of(scope.relations().get(table.oid())),
                attributes);
          }
          String definition = row.getString("constraintdef");
          if (definition.contains(" WITHOUT OVERLAPS")) {
            attributes.put(Attributes.SINCE, "18");
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
              List.of(table.id()),
              Phase.AFTER_DATA,
              List.of(scope.relations().get(table.oid())),
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
