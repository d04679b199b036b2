package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.LeftOutByKind;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a part of a catalogue goes without, told. Where datasets were chosen, the others and what
 * belongs to them alone go without saying; not so what nobody could have chosen or may not know of:
 * what stands alone, what hangs on datasets that were chosen, records of extensions, large objects.
 * Where datasets were left out, they are told too.
 */
final class LeftOutObjects {
  private static final String TABLE = "table";

  private final SelectedNames names;
  private final Set<String> taken;
  private final LeftOutByKind told = new LeftOutByKind();

  private LeftOutObjects(SelectedNames names, Set<String> taken) {
    this.names = names;
    this.taken = taken;
  }

  /** What is left out of a catalogue where these names and definitions are taken. */
  static List<Catalogue.LeftOut> of(Catalogue whole, SelectedNames names, Set<String> taken) {
    LeftOutObjects left = new LeftOutObjects(names, taken);
    left.told.addAll(whole.leftOut());
    left.tellDatasets(whole);
    left.tellObjects(whole);
    return left.told.list();
  }

  private void tellDatasets(Catalogue whole) {
    try (Stream<Dataset> datasets = whole.datasets()) {
      datasets
          .filter(dataset -> !names.take(dataset.name()))
          .forEach(
              dataset -> {
                String many = dataset.attributes().get(Dataset.OWN_ENGINE);
                if (many != null) {
                  told.add(dataset.kind(), Long.parseLong(many), dataset.name().toString());
                } else if (dataset.attributes().containsKey(Dataset.ROWS_OF_EXTENSION)) {
                  told.add(LeftOutByKind.ROWS_OF_EXTENSION, 1, dataset.name().toString());
                } else if (names.onlyLeavesOut()) {
                  told.add(dataset.kind(), 1, dataset.name().toString());
                }
              });
    }
  }

  private void tellObjects(Catalogue whole) {
    Set<String> hanging = new HashSet<>();
    try (Stream<SchemaObject> all = whole.objects()) {
      all.forEach(
          object -> {
            List<String> needs = object.dependencies();
            boolean ofTaken = object.datasets().stream().anyMatch(names::take);
            if (taken.contains(object.id())) {
              tellEmpty(object, ofTaken);
              if (!object.datasets().isEmpty()) {
                hanging.add(object.id());
              }
            } else if (ofTaken || needs.stream().anyMatch(hanging::contains)) {
              hanging.add(object.id());
              told.add(object);
            } else if (object.datasets().isEmpty()) {
              told.add(object);
            }
          });
    }
  }

  /** Others need a table whose records were not chosen. */
  private void tellEmpty(SchemaObject object, boolean ofTaken) {
    if (object.kind().equals(TABLE) && !object.datasets().isEmpty() && !ofTaken) {
      told.add("rows of table", 1, object.name().toString());
    }
  }
}
