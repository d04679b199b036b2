package dev.godwit.spi.store;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The options of a URI, checked against those that its plugin declares. */
public final class Options {
  private final Map<String, OptionSpec> specs;
  private final Map<String, String> given;

  private Options(Map<String, OptionSpec> specs, Map<String, String> given) {
    this.specs = specs;
    this.given = given;
  }

  /**
   * Checks what was given.
   *
   * @throws GodwitException {@link ExitCode#USAGE} for an option that is not declared, or a value
   *     that does not fit
   */
  public static Options bind(List<OptionSpec> declared, StoreUri uri) {
    Map<String, OptionSpec> specs =
        declared.stream()
            .collect(Collectors.toMap(OptionSpec::key, s -> s, (a, b) -> a, LinkedHashMap::new));
    for (Map.Entry<String, String> option : uri.query().entrySet()) {
      OptionSpec spec = specs.get(option.getKey());
      if (spec == null) {
        throw new GodwitException(
            ExitCode.USAGE,
            "unknown option '" + option.getKey() + "' for " + uri.scheme() + "://",
            specs.isEmpty() ? "it takes none" : "options are " + String.join(", ", specs.keySet()));
      }
      try {
        spec.check(option.getValue());
      } catch (IllegalArgumentException e) {
        throw new GodwitException(ExitCode.USAGE, e.getMessage(), spec.help(), e);
      }
    }
    return new Options(specs, uri.query());
  }

  /** The text of an option: as given, else its default, else nothing. */
  public Optional<String> text(String key) {
    String value = given.getOrDefault(key, spec(key).defaultValue());
    return Optional.of(value).filter(v -> !v.isEmpty());
  }

  /** The number of an option: as given, else its default. */
  public long number(String key) {
    return Long.parseLong(given.getOrDefault(key, spec(key).defaultValue()));
  }

  /** Whether an option is on. */
  public boolean on(String key) {
    return Boolean.parseBoolean(given.getOrDefault(key, spec(key).defaultValue()));
  }

  /** What the URI gave, without defaults, in its order. */
  public Map<String, String> given() {
    return given;
  }

  private OptionSpec spec(String key) {
    OptionSpec spec = specs.get(key);
    if (spec == null) {
      throw new IllegalArgumentException("option " + key + " was never declared");
    }
    return spec;
  }
}
