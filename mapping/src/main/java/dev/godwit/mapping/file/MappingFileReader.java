package dev.godwit.mapping.file;

import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.keyvalue.KeyChoice;
import dev.godwit.mapping.keyvalue.KeyTemplate;
import dev.godwit.mapping.mask.MaskChoice;
import dev.godwit.mapping.mask.MaskKind;
import dev.godwit.mapping.run.DatasetChoice;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/** Reads one mapping file. */
final class MappingFileReader {
  private final Path file;
  private final Map<DatasetName, DatasetName> names = new HashMap<>();
  private final List<DatasetChoice> choices = new ArrayList<>();
  private final List<MaskChoice> masks = new ArrayList<>();
  private final List<KeyChoice> keys = new ArrayList<>();

  MappingFileReader(Path file) {
    this.file = file;
  }

  MappingFile read() {
    TomlEntries root = new TomlEntries(file.toString(), parsed());
    root.allow("on-lossy", "flatten", "datasets");
    Optional<OnLossy> policy = root.text("on-lossy").map(text -> policy(root, text));
    Optional<Boolean> flatten = root.flag("flatten");
    root.tables("datasets").forEach(this::dataset);
    return new MappingFile(policy, flatten, names, choices, masks, keys);
  }

  private TomlParseResult parsed() {
    try {
      TomlParseResult result = Toml.parse(file);
      if (result.hasErrors()) {
        TomlParseError first = result.errors().get(0);
        throw new GodwitException(
            ExitCode.USAGE,
            "%s:%d:%d: %s"
                .formatted(
                    file,
                    first.position().line(),
                    first.position().column(),
                    String.valueOf(first.getMessage()).lines().findFirst().orElse("no TOML")),
            "a mapping is TOML; --save-mapping writes one to begin with");
      }
      return result;
    } catch (CharacterCodingException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the mapping " + file + " is no text in UTF-8",
          "a mapping is TOML, which is written in UTF-8; --save-mapping writes one to begin with",
          e);
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "no such file" : IoReason.of(e);
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot read the mapping " + file + ": " + why,
          "--save-mapping writes one to begin with",
          e);
    }
  }

  private static OnLossy policy(TomlEntries root, String text) {
    for (OnLossy policy : OnLossy.values()) {
      if (policy.name().toLowerCase(Locale.ROOT).equals(text)) {
        return policy;
      }
    }
    throw root.wrong("on-lossy", "on-lossy cannot be '" + text + "'", "it is fail, warn or text");
  }

  private void dataset(String name, TomlEntries given) {
    DatasetName source = name(given, "", name);
    given.allow("name", "skip", "skip-others", "key", "fields");
    if (given.flag("skip").orElse(false)) { // what else is said of it has nothing to hold for
      choices.add(
          new DatasetChoice(source, true, List.of(), Set.of(), false, given.place(), Map.of()));
      return;
    }
    given
        .text("name")
        .map(text -> name(given, "name", text))
        .ifPresent(to -> rename(given, source, to));
    given.text("key").ifPresent(text -> keys.add(key(given, source, text)));
    List<FieldChoice> fields = new ArrayList<>();
    Set<String> leftOut = new HashSet<>();
    Map<String, String> places = new HashMap<>();
    given
        .tables("fields")
        .forEach(
            (field, wanted) -> {
              places.put(field, wanted.place());
              fields.add(field(source, field, wanted));
              if (wanted.flag("skip").orElse(false)) {
                leftOut.add(field);
              }
            });
    fields.removeIf(field -> leftOut.contains(field.source()));
    choices.add(
        new DatasetChoice(
            source,
            false,
            fields,
            leftOut,
            given.flag("skip-others").orElse(false),
            given.place(),
            places));
  }

  private static KeyChoice key(TomlEntries given, DatasetName source, String text) {
    try {
      return new KeyChoice(Optional.of(source), KeyTemplate.parse(text), given.placeOf("key"));
    } catch (IllegalArgumentException e) {
      throw given.wrong(
          "key", "cannot read '" + text + "': " + e.getMessage(), "write key = \"customer:{id}\"");
    }
  }

  private FieldChoice field(DatasetName dataset, String field, TomlEntries wanted) {
    wanted.allow("name", "type", "skip", "mask");
    wanted
        .text("mask")
        .ifPresent(
            mask ->
                masks.add(
                    new MaskChoice(DatasetPattern.exactly(dataset), field, kind(wanted, mask))));
    Optional<String> name = wanted.text("name");
    Optional<String> type = wanted.text("type");
    if (name.filter(String::isEmpty).isPresent()) {
      throw wanted.wrong("name", "a field has a name", "leave name out to keep the source's");
    }
    return new FieldChoice(field, name.orElse(null), type.orElse(null));
  }

  private static MaskKind kind(TomlEntries wanted, String mask) {
    try {
      return MaskKind.parse(mask);
    } catch (IllegalArgumentException e) {
      throw wanted.wrong("mask", e.getMessage(), "write mask = \"hash\"");
    }
  }

  /** The parts of the new name take the place of as many parts at the end of the old one. */
  private void rename(TomlEntries given, DatasetName source, DatasetName to) {
    int kept = source.parts().size() - to.parts().size();
    if (kept < 0) {
      throw given.wrong(
          "name",
          "'" + to + "' has more parts than '" + source + "'",
          "give the dataset with as many parts: [datasets." + '"' + "schema.name" + '"' + "]");
    }
    DatasetName from = new DatasetName(source.parts().subList(kept, source.parts().size()));
    if (from.equals(to)) {
      return;
    }
    List<String> whole = new ArrayList<>(source.parts().subList(0, kept));
    whole.addAll(to.parts());
    names.put(source, new DatasetName(whole));
  }

  private static DatasetName name(TomlEntries given, String key, String text) {
    try {
      return DatasetName.parse(text);
    } catch (IllegalArgumentException e) {
      throw given.wrong(
          key,
          "'" + text + "' is no name: " + e.getMessage(),
          "write a name such as public.orders");
    }
  }
}
