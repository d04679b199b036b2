package dev.godwit.compare;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.record.KeyValues;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The spaces of keys that a store shows, by the last part of their names. A server of numbered ones
 * takes what has no number into that of its address, else into the first; a cache has one space,
 * which takes everything.
 */
public final class KeySpaces {
  private static final Pattern NUMBERED = Pattern.compile("db[0-9]{1,6}");
  private static final String FIRST = "db0";

  private final Map<String, Dataset> spaces = new LinkedHashMap<>();

  /** The spaces among some datasets. */
  KeySpaces(Collection<Dataset> datasets) {
    for (Dataset dataset : datasets) {
      if (KeyValues.in(dataset.schema())) {
        spaces.put(dataset.name().last(), dataset);
      }
    }
  }

  /** Whether all datasets of a run hold keys with values. */
  public static boolean only(ExtractRun run) {
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      return datasets.allMatch(dataset -> KeyValues.in(dataset.schema()));
    }
  }

  /**
   * The space into which a dataset's keys went.
   *
   * @param name the last part of what it was to be called there
   */
  Optional<Dataset> of(String name) {
    if (spaces.containsKey(name)) {
      return Optional.of(spaces.get(name));
    }
    Dataset one = spaces.size() == 1 ? spaces.values().iterator().next() : null;
    if (isNumbered(name)) {
      return Optional.ofNullable(one).filter(space -> !isNumbered(space.name().last()));
    }
    return Optional.ofNullable(spaces.getOrDefault(FIRST, one));
  }

  private static boolean isNumbered(String name) {
    return NUMBERED.matcher(name).matches();
  }
}
