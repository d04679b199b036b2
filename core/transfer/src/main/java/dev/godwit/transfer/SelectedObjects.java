package dev.godwit.transfer;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.LeftOutByKind;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which definitions go with the datasets that are taken, by their ids. One that belongs to datasets
 * is taken where all of them are; whatever a taken one needs is taken with it, step by step; and so
 * is what is said of those, and what they are filled with. Where datasets are only left out, all
 * that belongs to none is taken too, unless it needs what is left out.
 */
final class SelectedObjects {
  private static final String STATE = "sequence state";

  /** Kinds of what is there with all that it needs: state, memberships, parts of views. */
  private static final Set<String> WITH_ALL_NEEDS =
      Set.of(
          STATE, "membership", "rows of materialized view", "index", "cluster", "replica identity");

  private final Map<String, List<String>> needs = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> withFirstNeed = new LinkedHashSet<>();
  private final Set<String> withAllNeeds = new LinkedHashSet<>();

  private SelectedObjects() {}

  /** The ids of those of a catalogue that go with the names taken. */
  static Set<String> of(Catalogue whole, SelectedNames names) {
    SelectedObjects selected = new SelectedObjects();
    selected.takeOfDatasets(whole, names);
    selected.takeAlong();
    if (names.onlyLeavesOut()) {
      selected.takeOthers(whole);
    }
    return selected.taken;
  }

  private void takeOfDatasets(Catalogue whole, SelectedNames names) {
    List<String> roots = new ArrayList<>();
    try (Stream<SchemaObject> objects = whole.objects()) {
      objects.forEach(
          object -> {
            if (!object.dependencies().isEmpty()) {
              needs.put(object.id(), object.dependencies());
            }
            if (names.takeAllOf(object)) {
              roots.add(object.id());
            } else if (object.datasets().isEmpty() && LeftOutByKind.isSaidOfAnother(object)) {
              withFirstNeed.add(object.id());
            } else if (object.datasets().isEmpty() && WITH_ALL_NEEDS.contains(object.kind())) {
              withAllNeeds.add(object.id());
            }
          });
    }
    roots.forEach(this::take);
  }

  /** Takes a definition and all that it needs. */
  private void take(String wanted) {
    Deque<String> reached = new ArrayDeque<>(List.of(wanted));
    for (String id; (id = reached.poll()) != null; ) {
      if (taken.add(id)) {
        reached.addAll(needs.getOrDefault(id, List.of()));
      }
    }
  }

  /** What is said of an object may need a role, of which more is said. */
  private void takeAlong() {
    boolean found = true;
    while (found) {
      found = takeThose(withFirstNeed, id -> taken.contains(needs.get(id).get(0)));
      found |=
          takeThose(withAllNeeds, id -> needs.containsKey(id) && taken.containsAll(needs.get(id)));
    }
  }

  private boolean takeThose(Set<String> open, Predicate<String> ready) {
    List<String> found = open.stream().filter(ready).toList();
    found.forEach(this::take);
    found.forEach(open::remove);
    return !found.isEmpty();
  }

  /** Each comes after what it needs, so that one look is enough. */
  private void takeOthers(Catalogue whole) {
    Set<String> left = new HashSet<>();
    try (Stream<SchemaObject> objects = whole.objects()) {
      objects
          .filter(object -> !taken.contains(object.id()))
          .forEach(
              object -> {
                boolean needsLeft = object.dependencies().stream().anyMatch(left::contains);
                if (object.datasets().isEmpty() && !needsLeft) {
                  taken.add(object.id());
                } else {
                  left.add(object.id());
                }
              });
    }
  }
}
