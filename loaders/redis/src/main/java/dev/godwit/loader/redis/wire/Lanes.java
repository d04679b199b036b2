package dev.godwit.loader.redis.wire;

import dev.godwit.extractor.redis.session.RedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Two connections in turns: while the server works at what one brought, the next commands are made
 * and sent over the other. Used by one thread.
 */
public final class Lanes implements AutoCloseable {
  private static final int FULL = 1 << 16;

  private final List<Lane> lanes;
  private int now;

  /** Opens both connections. */
  public Lanes(Supplier<RedisConnection> connections, String database, Tally tally) {
    Lane first = new Lane(connections.get(), database, tally);
    try {
      this.lanes = List.of(first, new Lane(connections.get(), database, tally));
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
  }

  /** Where the commands of the next key go; they are sent when {@link #full} finds enough. */
  public Chunk chunk() {
    return lanes.get(now).chunk();
  }

  /** Called after each key: sends what is there once it is enough, and goes on with the other. */
  public void full() {
    Lane lane = lanes.get(now);
    if (lane.chunk().size() >= FULL) {
      lane.send();
      now = 1 - now;
    }
  }

  /** Sends a chunk whose last argument is what a stream holds, and waits for its answers. */
  public void send(long length, InputStream last) throws IOException {
    lanes.get(now).send(length, last);
    lanes.get(now).drain();
  }

  /** Sends what is left over the connection in turn, and waits for its answers. */
  public void settle() {
    lanes.get(now).drain();
  }

  /** Sends what is left, and waits until all is answered. */
  public void drain() {
    lanes.get(now).send();
    lanes.forEach(Lane::drain);
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
