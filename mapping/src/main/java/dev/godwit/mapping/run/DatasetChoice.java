package dev.godwit.mapping.run;

import dev.godwit.mapping.FieldChoice;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a user wants of one dataset.
 *
 * @param source its name in the source, or its last parts
 * @param skip whether it is left out whole
 * @param fields what of its fields
 * @param leftOut names of its fields that are left out
 * @param skipOthers whether fields that are not named are left out; else they go by default
 * @param place where this was written, for people
 * @param places where each field was written
 */
public record DatasetChoice(
    DatasetName source,
    boolean skip,
    List<FieldChoice> fields,
    Set<String> leftOut,
    boolean skipOthers,
    String place,
    Map<String, String> places) {
  /** Copies the collections. */
  public DatasetChoice {
    fields = List.copyOf(fields);
    leftOut = Set.copyOf(leftOut);
    places = Map.copyOf(places);
  }

  /** Whether a dataset of this name is meant. */
  public boolean means(DatasetName name) {
    int skipped = name.parts().size() - source.parts().size();
    return skipped >= 0
        && name.parts().subList(skipped, name.parts().size()).equals(source.parts());
  }

  /** Whether anything is said of its fields. */
  boolean asksOfFields() {
    return skipOthers || !fields.isEmpty() || !leftOut.isEmpty();
  }

  /** Those of some fields that are left out. */
  Set<String> leftOutOf(List<String> names) {
    Set<String> without = new HashSet<>(leftOut);
    if (skipOthers) {
      without.addAll(names);
      fields.forEach(field -> without.remove(field.source()));
    }
    return without;
  }

  /** Whether rows of the same kind of store come out otherwise. */
  boolean changesRows() {
    return skipOthers
        || !leftOut.isEmpty()
        || fields.stream().anyMatch(f -> f.name() != null && !f.name().equals(f.source()));
  }

  /** A failure that lies in this choice. */
  public GodwitException wrong(String what, String hint) {
    return new GodwitException(ExitCode.USAGE, place + ": " + what, hint);
  }

  /** A failure that lies in what was wanted of a field. */
  GodwitException wrong(String field, String what, Optional<String> hint) {
    return new GodwitException(
        ExitCode.USAGE, places.getOrDefault(field, place) + ": " + what, hint.orElse(null));
  }
}
