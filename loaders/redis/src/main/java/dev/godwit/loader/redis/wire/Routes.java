package dev.godwit.loader.redis.wire;

import java.util.function.IntFunction;

/** A pair of connections to each server that holds keys, opened with its first one. */
public final class Routes implements AutoCloseable {
  private final IntFunction<Lanes> opening;
  private final Lanes[] open;

  /**
   * Routes.
   *
   * @param nodes how many servers there are
   * @param opening opens the connections to one of them
   */
  public Routes(int nodes, IntFunction<Lanes> opening) {
    this.opening = opening;
    this.open = new Lanes[nodes];
  }

  /** The connections to a server. */
  public Lanes to(int node) {
    if (open[node] == null) {
      open[node] = opening.apply(node);
    }
    return open[node];
  }

  /** Sends what is left to each, and waits until all is answered. */
  public void drain() {
    for (Lanes lanes : open) {
      if (lanes != null) {
        lanes.drain();
      }
    }
  }

  @Override
  public void close() {
    for (int node = 0; node < open.length; node++) {
      if (open[node] != null) {
        open[node].close();
        open[node] = null;
      }
    }
  }
}
