package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.said.Owners;
import dev.godwit.extractor.postgresql.schema.said.Privileges;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What of a plan's definitions is not wanted.
 *
 * @param owners whose things were
 * @param privileges who may do what
 */
record LeftOut(boolean owners, boolean privileges) {
  private static final int SHOWN = 5;

  /** The plan without it, and without what needs a table that the plan does not have. */
  LoadPlan of(LoadPlan plan) {
    return new LoadPlan(
        plan.id(),
        plan.origin(),
        without(plan.catalogue(), plan.origin().engine().equals(PostgresqlLoader.ENGINE)),
        plan.renames(),
        plan.create(),
        plan.resume());
  }

  /** What is left out since it needs a table that the plan does not have, in one line; or none. */
  List<String> unfit(LoadPlan plan) {
    if (!plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      return List.of();
    }
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      List<String> dropped = PresentObjects.droppedOf(objects);
      if (dropped.isEmpty()) {
        return List.of();
      }
      String more = dropped.size() > SHOWN ? " and " + (dropped.size() - SHOWN) + " more" : "";
      return List.of(
          "left out, since a table that it needs is: "
              + String.join(", ", dropped.subList(0, Math.min(SHOWN, dropped.size())))
              + more);
    }
  }

  private boolean wants(SchemaObject object) {
    return switch (object.kind()) {
      case Owners.WORD -> !owners;
      case Privileges.WORD -> !privileges;
      default -> true;
    };
  }

  private Catalogue without(Catalogue whole, boolean ownEngine) {
    return new Catalogue() {
      @Override
      public Stream<Dataset> datasets() {
        return whole.datasets();
      }

      @Override
      public Stream<SchemaObject> objects() {
        Stream<SchemaObject> wanted = whole.objects().filter(LeftOut.this::wants);
        return ownEngine ? PresentObjects.of(wanted) : wanted;
      }

      @Override
      public SortedMap<String, Long> notCarried() {
        return whole.notCarried();
      }
    };
  }
}
