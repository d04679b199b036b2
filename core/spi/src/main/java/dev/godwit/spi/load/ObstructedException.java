package dev.godwit.spi.load;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Loader.Obstacle;
import java.util.List;
import java.util.stream.Collectors;

/** A load that did not begin: something stands in its way, and nothing was written. */
public final class ObstructedException extends GodwitException {
  private static final long serialVersionUID = 1;

  /** So many are named in one message. */
  private static final int NAMED = 10;

  private final transient List<Obstacle> obstacles;

  /**
   * A load that did not begin.
   *
   * @param obstacles at least one; the hint is that of the first
   */
  public ObstructedException(List<Obstacle> obstacles) {
    super(ExitCode.FAILED, message(obstacles), hint(obstacles.get(0)));
    this.obstacles = List.copyOf(obstacles);
  }

  /**
   * Lets a load begin that nothing stands in the way of.
   *
   * @throws ObstructedException if there is an obstacle
   */
  public static void refuse(List<Obstacle> obstacles) {
    if (!obstacles.isEmpty()) {
      throw new ObstructedException(obstacles);
    }
  }

  private static String message(List<Obstacle> obstacles) {
    String named =
        obstacles.stream().limit(NAMED).map(Obstacle::what).collect(Collectors.joining("; "));
    int more = obstacles.size() - NAMED;
    return more > 0 ? named + "; and " + more + " more" : named;
  }

  private static String hint(Obstacle first) {
    return first.hint().isEmpty() ? null : first.hint();
  }

  /** Everything that stands in the way, as {@link Loader#inspect} tells it. */
  public List<Obstacle> obstacles() {
    return obstacles;
  }
}
