package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.List;

/** The tablespaces that relations are made in. */
final class Places {
  private Places() {}

  /** What to set for a relation: a partitioned one may not name the database's own place. */
  private static final String SET =
      """
      select set_config('default_tablespace', coalesce((select %1$s where %1$s not in (
        select t.spcname::text from pg_database d join pg_tablespace t on t.oid = d.dattablespace
        where d.datname = current_database())), ''), true)""";

  /** The statements of a definition, such that what it makes lies where it lay. */
  static List<String> statements(String definition, SchemaObject object) {
    String place = object.attribute(Attributes.TABLESPACE).orElse("");
    return place.isEmpty()
        ? List.of(definition)
        : List.of(
            SET.formatted(Relation.literal(place)),
            definition,
            "set local default_tablespace = ''");
  }
}
