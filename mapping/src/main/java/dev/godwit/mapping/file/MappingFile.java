package dev.godwit.mapping.file;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.keyvalue.KeyChoice;
import dev.godwit.mapping.keyvalue.KeyChoices;
import dev.godwit.mapping.mask.MaskChoice;
import dev.godwit.mapping.run.DatasetChoice;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a mapping file asks for. It is TOML (toml.io, version 1.0):
 *
 * <pre>
 * on-lossy = "fail"                    # or warn, text
 * flatten = false                      # documents into rows: a column of each common field
 *
 * [datasets."public.orders"]           # the name in the source, or its last parts
 * name = "public.orders_old"           # in the target
 * skip = false                         # true leaves the dataset out
 * skip-others = false                  # true leaves out the fields that are not named
 * key = "order:{id}"                   # of the records, where the target is a store of keys
 *
 * [datasets."public.orders".fields]
 * id = { name = "number", type = "long" }
 * email = { mask = "hash" }            # or keep-domain, null, fixed:TEXT
 * notes = { skip = true }
 * </pre>
 *
 * <p>Everything may be left out, and then goes by default.
 *
 * @param policy what becomes of values that the target cannot hold
 * @param flatten whether fields that all documents share become columns
 * @param names new names of datasets, by those in the source or their last parts
 * @param choices of datasets and fields
 * @param masks of fields
 * @param keys templates of keys
 */
public record MappingFile(
    Optional<OnLossy> policy,
    Optional<Boolean> flatten,
    Map<DatasetName, DatasetName> names,
    List<DatasetChoice> choices,
    List<MaskChoice> masks,
    List<KeyChoice> keys) {
  /** Asks for nothing. */
  public static final MappingFile NONE =
      new MappingFile(
          Optional.empty(), Optional.empty(), Map.of(), List.of(), List.of(), List.of());

  /** Copies the collections. */
  public MappingFile {
    names = Map.copyOf(names);
    choices = List.copyOf(choices);
    masks = List.copyOf(masks);
    keys = List.copyOf(keys);
  }

  /**
   * Reads a file.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} with line and column of what is
   *     wrong; {@code FAILED} where the file cannot be read
   */
  public static MappingFile read(Path file) {
    return new MappingFileReader(file).read();
  }

  /** The templates with those of others; where both mean a dataset, the others hold. */
  public KeyChoices with(KeyChoices others) {
    List<KeyChoice> all = new ArrayList<>(others.choices());
    boolean ofAll = others.choices().stream().anyMatch(choice -> choice.dataset().isEmpty());
    keys.stream()
        .filter(
            own ->
                !ofAll
                    && own.dataset().stream()
                        .noneMatch(
                            name ->
                                others.choices().stream().anyMatch(c -> c.means(List.of(name)))))
        .forEach(all::add);
    return new KeyChoices(all, others.expires());
  }

  /**
   * The new names with those of others; where both name a dataset, the others hold.
   *
   * @throws IllegalArgumentException as {@link Renames}
   */
  public Renames with(Renames others) {
    Map<DatasetName, DatasetName> all = new HashMap<>(names);
    all.keySet().removeIf(name -> !others.of(name).equals(name));
    all.putAll(others.names());
    return new Renames(all);
  }
}
