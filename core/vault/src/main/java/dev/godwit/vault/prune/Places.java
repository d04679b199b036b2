package dev.godwit.vault.prune;

import dev.godwit.spi.aside.Spool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Places of blocks, by volume and offset, each once however often it is added. They are sorted some
 * at a time and set aside on disk, so that any number takes about 20 MB of memory. Used by one
 * thread.
 */
final class Places implements AutoCloseable {
  private static final int AT_ONCE = 128 << 10;
  private static final int RECORD = 4 + 8 + 4;
  private static final int CHUNK = 1024 * RECORD;

  private final Place[] some;
  private final List<Spool> runs = new ArrayList<>();
  private int count;

  /**
   * Where a block lies.
   *
   * @param volume the number of its volume
   * @param offset of its frame
   * @param length of its frame
   */
  record Place(int volume, long offset, int length) {}

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::volume).thenComparingLong(Place::offset);

  Places() {
    this(AT_ONCE);
  }

  /** Some with another number of places in memory at a time. */
  Places(int atOnce) {
    some = new Place[atOnce];
  }

  void add(Place place) {
    if (count == some.length) {
      setAside();
    }
    some[count++] = place;
  }

  private void setAside() {
    Arrays.sort(some, 0, count, ORDER);
    Spool run = new Spool();
    runs.add(run);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    Place last = null;
    for (int i = 0; i < count; i++) {
      Place place = some[i];
      if (last == null || ORDER.compare(last, place) != 0) {
        if (!chunk.hasRemaining()) {
          run.write(chunk.array(), 0, chunk.position());
          chunk.clear();
        }
        chunk.putInt(place.volume()).putLong(place.offset()).putInt(place.length());
        last = place;
      }
    }
    run.write(chunk.array(), 0, chunk.position());
    Arrays.fill(some, 0, count, null);
    count = 0;
  }

  /** Hears of each place. */
  interface Listener {
    void place(Place place);
  }

  /** Tells all places in order, each once. More may be added afterwards. */
  void each(Listener listener) {
    if (count > 0) {
      setAside();
    }
    PriorityQueue<Run> heads =
        new PriorityQueue<>(Comparator.comparing((Run run) -> run.head, ORDER));
    for (Spool spool : runs) {
      Run run = new Run(spool);
      if (run.advance()) {
        heads.add(run);
      }
    }
    Place last = null;
    for (Run run; (run = heads.poll()) != null; ) {
      Place place = run.head;
      if (run.advance()) {
        heads.add(run);
      }
      if (last == null || ORDER.compare(last, place) != 0) {
        listener.place(place);
        last = place;
      }
    }
  }

  /** One sorted run, read from its start. */
  private static final class Run {
    private final Spool spool;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).limit(0);
    private long at;
    private Place head;

    Run(Spool spool) {
      this.spool = spool;
    }

    boolean advance() {
      if (!chunk.hasRemaining()) {
        int read = spool.read(at, chunk.array(), 0, CHUNK);
        at += read;
        chunk.clear().limit(read);
        if (read == 0) {
          return false;
        }
      }
      head = new Place(chunk.getInt(), chunk.getLong(), chunk.getInt());
      return true;
    }
  }

  @Override
  public void close() {
    runs.forEach(Spool::close);
  }
}
