package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.said.Owners;
import dev.godwit.extractor.postgresql.schema.said.Privileges;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What of a plan's definitions is not wanted.
 *
 * @param owners whose things were
 * @param privileges who may do what
 */
record LeftOut(boolean owners, boolean privileges) {

  /** The plan without it. */
  LoadPlan of(LoadPlan plan) {
    return owners || privileges
        ? new LoadPlan(
            plan.id(),
            plan.origin(),
            without(plan.catalogue()),
            plan.renames(),
            plan.create(),
            plan.resume())
        : plan;
  }

  private boolean wants(SchemaObject object) {
    return switch (object.kind()) {
      case Owners.WORD -> !owners;
      case Privileges.WORD -> !privileges;
      default -> true;
    };
  }

  private Catalogue without(Catalogue whole) {
    return new Catalogue() {
      @Override
      public Stream<Dataset> datasets() {
        return whole.datasets();
      }

      @Override
      public Stream<SchemaObject> objects() {
        return whole.objects().filter(LeftOut.this::wants);
      }

      @Override
      public SortedMap<String, Long> notCarried() {
        return whole.notCarried();
      }
    };
  }
}
