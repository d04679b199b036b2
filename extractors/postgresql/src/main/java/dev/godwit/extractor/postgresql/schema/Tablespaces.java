package dev.godwit.extractor.postgresql.schema;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where relations lie that are not where their database is: tables, indexes, materialized views,
 * and what partitions of a table or index are made in. Said beside a definition, not in it, so that
 * whoever carries it out can leave it out.
 */
final class Tablespaces {
  private final Map<String, String> places = new HashMap<>();

  /** Those of a database; only relations that have one of their own are held. */
  Tablespaces(CatalogueQuery query) {
    query.list(
        """
        select n.nspname, c.relname, t.spcname
        from pg_class c
        join pg_tablespace t on t.oid = c.reltablespace
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'm', 'i', 'I') and
        """
            + Scope.USER_SCHEMA,
        row ->
            places.put(
                DatasetName.of(row.getString("nspname"), row.getString("relname")).toString(),
                row.getString("spcname")));
  }

  /** The definitions, each with the place of the relation that it makes. */
  List<SchemaObject> on(List<SchemaObject> objects) {
    return places.isEmpty() ? objects : objects.stream().map(this::on).toList();
  }

  private SchemaObject on(SchemaObject object) {
    String place = places.get(object.attribute(Attributes.MAKES + 0).orElse(""));
    if (place == null) {
      return object;
    }
    Map<String, String> attributes = new TreeMap<>(object.attributes());
    attributes.put(Attributes.TABLESPACE, place);
    return object.withAttributes(attributes);
  }
}
