package dev.godwit.vault.check;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.block.VolumeId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How much of the data a check reads: none, all, or a part that changes with the day, so that every
 * volume has its turn.
 *
 * <p>Volume ids are random, so they are spread evenly over a circle; each day reads those on an arc
 * of it. An arc begins at one of so many places, their number prime, and a day's place is a fixed
 * step after that of the day before: so daily checks go round without a gap, and those of every
 * second day or every week meet all places too.
 */
public final class DataShare {
  /** Structure and references only. */
  public static final DataShare NONE = new DataShare(0, 0);

  /** Every byte. */
  public static final DataShare ALL = new DataShare(1, 0);

  /** More places than days of a week and of a fortnight, so that no such habit misses any. */
  private static final int LEAST_PLACES = 11;

  private final double share;
  private final long places;
  private final long place;

  private DataShare(double share, long day) {
    this.share = share;
    this.places = share <= 0 || share >= 1 ? 1 : prime((long) Math.ceil(1 / share));
    long step = Math.max(1, (long) (share * places));
    this.place = Math.floorMod(Math.floorMod(day, places) * step, places);
  }

  private static long prime(long least) {
    BigInteger below = BigInteger.valueOf(Math.max(least, LEAST_PLACES) - 1);
    return below.nextProbablePrime().longValueExact();
  }

  /**
   * What a user writes: {@code 5%}.
   *
   * @param day whose turn it is, counted from any day
   * @throws GodwitException {@code USAGE} if it is nothing of the kind, 0 or below, or above 100
   */
  public static DataShare parse(String text, long day) {
    BigDecimal percent =
        text.matches("[0-9]{1,3}(\\.[0-9]{1,3})?%")
            ? new BigDecimal(text.substring(0, text.length() - 1))
            : BigDecimal.ZERO;
    if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new GodwitException(
          ExitCode.USAGE,
          "'" + text + "' is no part of the data",
          "a part is a percentage, such as --read-data=5%, above 0 % and at most 100 %");
    }
    return new DataShare(percent.doubleValue() / 100, day);
  }

  /** Whether no data is read. */
  public boolean isNone() {
    return share <= 0;
  }

  /** Whether all data is read. */
  public boolean isAll() {
    return share >= 1;
  }

  /** Whether the data of a volume is read. */
  public boolean holds(VolumeId volume) {
    if (isAll() || isNone()) {
      return isAll();
    }
    double at = (volume.high() >>> 32) / (double) (1L << 32);
    double beyond = at - (double) place / places;
    return (beyond < 0 ? beyond + 1 : beyond) < share;
  }

  /** After how many checks, each on a day of its own, every volume was read; 1 for all. */
  public long turns() {
    return places;
  }

  /** Whose turn it is, for people: {@code part 7 of 23}; nothing where there are no parts. */
  public Optional<String> turn() {
    return places == 1 ? Optional.empty() : Optional.of("part " + (place + 1) + " of " + places);
  }
}
