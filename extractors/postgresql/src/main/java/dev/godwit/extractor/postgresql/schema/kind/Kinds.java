package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import java.util.List;
import java.util.Map;

/** Every kind of object that is carried, in the order in which they are made where all is equal. */
public final class Kinds {
  private Kinds() {}

  /** What objects can depend on. */
  public static final List<Kind> ALL =
      List.of(
          Schemas.KIND,
          Extensions.KIND,
          Languages.KIND,
          AccessMethods.KIND,
          Collations.KIND,
          Sequences.KIND,
          EnumTypes.KIND,
          BaseTypes.KIND,
          CompositeTypes.KIND,
          DomainTypes.KIND,
          RangeTypes.KIND,
          Functions.KIND,
          Functions.PROCEDURES,
          Aggregates.KIND,
          Operators.KIND,
          OperatorFamilies.KIND,
          OperatorClasses.KIND,
          Casts.KIND,
          Transforms.KIND,
          Conversions.KIND,
          TextSearch.PARSERS,
          TextSearch.TEMPLATES,
          TextSearch.DICTIONARIES,
          TextSearch.CONFIGURATIONS,
          ForeignData.WRAPPERS,
          ForeignData.SERVERS,
          UserMappings.KIND,
          Tables.KIND,
          ForeignTables.KIND,
          Views.KIND,
          MaterializedViews.KIND,
          Rules.KIND,
          Triggers.KIND,
          Policies.KIND,
          Statistics.KIND,
          Publications.KIND,
          Subscriptions.KIND,
          EventTriggers.KIND);

  /** What parts of objects become that are made apart, by the catalogue of the part. */
  public static final Map<Integer, Kind> PARTS =
      Map.of(
          Catalog.REWRITE, Views.BODIES,
          Catalog.ATTRDEF, ColumnDefaults.KIND,
          Catalog.CONSTRAINT, Checks.KIND);

  /** What a type becomes that its own functions need. */
  public static final Kind SHELL = BaseTypes.SHELLS;

  /** What a function becomes that functions need which it calls. */
  public static final Kind STUB = FunctionStubs.KIND;
}
