package dev.godwit.cli.option;

import dev.godwit.mapping.keyvalue.KeyChoice;
import dev.godwit.mapping.keyvalue.KeyChoices;
import dev.godwit.mapping.keyvalue.KeyTemplate;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How keys are made of rows and documents; and which columns name the rows of queries. */
public final class KeyOptions {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

  @Option(
      names = QueryKeyOption.FLAG,
      paramLabel = "[NAME=]KEY",
      description = {
        "Into a store of keys: how the key of a record is made, such as",
        "'customer:{id}', or 'orders=order:{region}:{id}' for one dataset, with",
        "columns, or paths in a document, between braces ({{ and }} are braces).",
        "By default the dataset's name and its primary key, with colons; rows",
        "and documents that were made of keys become those keys again. The",
        "columns tell records apart: all of the primary key, or of a unique",
        "index that is never null. No value but the last may hold the",
        "character that follows it in the key, so that no two keys are the",
        "same. Without braces, NAME=A,B: these columns name each row of the",
        "query NAME, which is run once more to see that they do."
      })
  private List<String> keys = List.of();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = {
        "Keys that are made of records expire so long after the start: 90s, 30m,",
        "12h or 7d. Without it they never do."
      })
  private String expires;

  /**
   * The keys of queries, by their names.
   *
   * @throws GodwitException {@code USAGE} if one cannot be read
   */
  public Map<DatasetName, List<String>> ofQueries() {
    return QueryKeyOption.read(keys.stream().filter(key -> !KeyTemplate.isMeant(key)).toList());
  }

  /**
   * Makes sure that there are none but templates.
   *
   * @throws GodwitException {@code USAGE} if there is a key of a query
   */
  public void refuseQueries() {
    keys.stream()
        .filter(key -> !KeyTemplate.isMeant(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw new GodwitException(
                  ExitCode.USAGE,
                  QueryKeyOption.FLAG + " " + key + " names no column",
                  "write the columns between braces: --key 'customer:{id}'");
            });
  }

  /**
   * How keys are made.
   *
   * @throws GodwitException {@code USAGE} if a template or the time cannot be read
   */
  public KeyChoices choices() {
    List<KeyChoice> choices = new ArrayList<>();
    for (String text : keys) {
      if (KeyTemplate.isMeant(text)) {
        KeyChoice choice = choice(text);
        if (choices.stream().anyMatch(c -> c.dataset().equals(choice.dataset()))) {
          throw new GodwitException(
              ExitCode.USAGE,
              choice
                  .dataset()
                  .map(name -> QueryKeyOption.FLAG + " makes keys of " + name + " twice")
                  .orElse(QueryKeyOption.FLAG + " gives two templates for all datasets"),
              "name the dataset of each: --key 'orders=order:{id}'");
        }
        choices.add(choice);
      }
    }
    return new KeyChoices(choices, Optional.ofNullable(expires).map(KeyOptions::end));
  }

  /** What stands ahead of the first brace up to an equals sign is the name of a dataset. */
  private static KeyChoice choice(String text) {
    int brace = text.indexOf('{') < 0 ? text.length() : text.indexOf('{');
    boolean named = text.substring(0, brace).indexOf('=') > 0;
    Optional<Assignment> parsed =
        named
            ? Optional.of(Assignment.parse(QueryKeyOption.FLAG, text, "'orders=order:{id}'"))
            : Optional.empty();
    String place = QueryKeyOption.FLAG + " '" + text + "'";
    try {
      return new KeyChoice(
          parsed.map(p -> Names.name(QueryKeyOption.FLAG, p.name())),
          KeyTemplate.parse(parsed.map(Assignment::value).orElse(text)),
          place);
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "cannot read " + place + ": " + e.getMessage(),
          "write the columns between braces: --key 'customer:{id}'",
          e);
    }
  }

  private static Instant end(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new GodwitException(
          ExitCode.USAGE, "cannot read --expires '" + text + "'", "write 90s, 30m, 12h or 7d");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration after =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return Instant.now().plus(after).truncatedTo(ChronoUnit.SECONDS); // caches know no less
  }
}
