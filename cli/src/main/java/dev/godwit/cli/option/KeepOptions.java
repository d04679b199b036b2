package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.retention.Period;
import dev.godwit.vault.retention.RetentionRules;
import dev.godwit.vault.retention.Within;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which snapshots stay. */
public final class KeepOptions {
  @Option(
      names = "--keep-last",
      paramLabel = "N",
      description = "Keep the newest N snapshots of each source.")
  private int last;

  @Option(
      names = "--keep-hourly",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N hours that have any.")
  private int hourly;

  @Option(
      names = "--keep-daily",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N days that have any.")
  private int daily;

  @Option(
      names = "--keep-weekly",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N weeks (from Monday).")
  private int weekly;

  @Option(
      names = "--keep-monthly",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N months.")
  private int monthly;

  @Option(
      names = "--keep-yearly",
      paramLabel = "N",
      description = "Keep the newest snapshot of each of the last N years.")
  private int yearly;

  @Option(
      names = "--keep-within",
      paramLabel = "TIME",
      description = "Keep all that are not older, such as 2y5m7d3h.")
  private String within;

  @Option(
      names = "--keep-tag",
      paramLabel = "WORD",
      description = "Keep all with this tag; may be given several times.")
  private List<String> tags = List.of();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Where days begin and end, such as Europe/Berlin (default: UTC).")
  private String zone;

  /**
   * The rules.
   *
   * @throws GodwitException {@code USAGE} where one makes no sense
   */
  public RetentionRules rules() {
    if (tags.stream().anyMatch(String::isBlank)) { // a script's variable that is not set
      throw new GodwitException(
          ExitCode.USAGE,
          "--keep-tag is given a blank, and no snapshot has such a tag",
          "give a tag, or leave it out");
    }
    try {
      return new RetentionRules(
          last,
          Map.of(
              Period.HOURLY, hourly,
              Period.DAILY, daily,
              Period.WEEKLY, weekly,
              Period.MONTHLY, monthly,
              Period.YEARLY, yearly),
          Optional.ofNullable(within).map(Within::parse),
          Set.copyOf(tags));
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.USAGE, e.getMessage(), "such as --keep-daily 7 --keep-within 30d", e);
    }
  }

  /**
   * The zone of the days.
   *
   * @throws GodwitException {@code USAGE} where there is none of that name
   */
  public ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "'" + zone + "' is no time zone",
          "zones are such as UTC, Europe/Berlin or +02:00",
          e);
    }
  }
}
