package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Foreign tables: written as tables are, with the server that has their rows. */
final class ForeignTables {
  private ForeignTables() {}

  static final Kind KIND =
      new Kind(
          "foreign table",
          "FOREIGN TABLE",
          Catalog.CLASS,
          Phase.BEFORE_DATA,
          (scope, kind) -> Node.list(scope, kind, Tables.list("'f'")),
          Tables::define);
}
