package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a catalogue that a filter takes. Of the definitions only ids are held, which are gone
 * through once when the part is made and once for each time that they are asked for.
 */
final class SelectedCatalogue implements Catalogue {
  private final Catalogue whole;
  private final SelectedNames names;
  private final Set<String> objects;

  private SelectedCatalogue(Catalogue whole, SelectedNames names, Set<String> objects) {
    this.whole = whole;
    this.names = names;
    this.objects = objects;
  }

  static SelectedCatalogue of(Catalogue whole, DatasetFilter filter) {
    if (!filter.where().isEmpty() || !filter.columns().isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "conditions and columns can be chosen only where a store is read",
          "leave --where and --columns out here, or give them to the backup");
    }
    SelectedNames names = new SelectedNames(whole, filter);
    requireMatches(whole, filter, names);
    return new SelectedCatalogue(whole, names, SelectedObjects.of(whole, names));
  }

  private static void requireMatches(Catalogue whole, DatasetFilter filter, SelectedNames names) {
    List<DatasetPattern> unmatched = new ArrayList<>(filter.include());
    boolean any = false;
    try (Stream<Dataset> datasets = whole.datasets()) {
      for (Iterator<Dataset> all = datasets.iterator(); all.hasNext(); ) {
        Dataset dataset = all.next();
        unmatched.removeIf(pattern -> names.means(pattern, dataset.name()));
        any |= names.take(dataset.name());
      }
    }
    if (!unmatched.isEmpty()) {
      throw nothing(
          "no dataset matches " + quoted("--include", unmatched) + definedAs(whole, unmatched));
    }
    if (!any) {
      throw nothing("no dataset is left by " + quoted("--exclude", filter.exclude()));
    }
  }

  private static GodwitException nothing(String what) {
    return new GodwitException(
        ExitCode.USAGE,
        what,
        "'godwit list' and 'godwit show' tell the names there are; indexes, views, functions and the"
            + " like go with the tables that need them");
  }

  /** What else a pattern may have meant, which nobody can choose by its name. */
  private static String definedAs(Catalogue whole, List<DatasetPattern> patterns) {
    try (Stream<SchemaObject> objects = whole.objects()) {
      return objects
          .filter(object -> patterns.stream().anyMatch(p -> p.matches(object.name())))
          .findFirst()
          .map(object -> ": " + object.name() + " is of kind " + object.kind())
          .orElse("");
    }
  }

  /** The patterns of what is to be left out that match no dataset. */
  static List<DatasetPattern> idle(Catalogue whole, DatasetFilter filter) {
    List<DatasetPattern> unmatched = new ArrayList<>(filter.exclude());
    if (!unmatched.isEmpty()) {
      SelectedNames names = new SelectedNames(whole, filter);
      try (Stream<Dataset> datasets = whole.datasets()) {
        datasets.forEach(dataset -> unmatched.removeIf(p -> names.means(p, dataset.name())));
      }
    }
    return unmatched;
  }

  private static String quoted(String flag, List<DatasetPattern> patterns) {
    return patterns.stream().map(p -> flag + " '" + p + "'").collect(Collectors.joining(", "));
  }

  @Override
  public List<LeftOut> leftOut() {
    return LeftOutObjects.of(whole, names, objects);
  }

  /**
   * Whether a definition that was read after the data is taken: one that belongs to datasets with
   * all of them, one that stands alone with all that it needs.
   */
  boolean takesState(SchemaObject state) {
    return state.datasets().isEmpty()
        ? !state.dependencies().isEmpty() && objects.containsAll(state.dependencies())
        : names.takeAllOf(state);
  }

  /** Whether a dataset is taken. */
  boolean takes(DatasetName dataset) {
    return names.take(dataset);
  }

  @Override
  public Stream<Dataset> datasets() {
    return whole.datasets().filter(dataset -> takes(dataset.name()));
  }

  @Override
  public Stream<SchemaObject> objects() {
    return whole.objects().filter(object -> objects.contains(object.id()));
  }

  @Override
  public SortedMap<String, Long> notCarried() {
    return whole.notCarried();
  }
}
