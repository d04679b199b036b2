package dev.godwit.extractor.memcached.read;

import dev.godwit.spi.aside.Spool;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Keys in their order, set aside. */
final class KeyRun implements Iterator<ListedKey>, AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private final Spool keys;
  private final DataInputStream in;
  private final long count;
  private long read;

  private KeyRun(Spool keys, long count) {
    this.keys = keys;
    this.in = new DataInputStream(new BufferedInputStream(keys.from(0), BUFFER));
    this.count = count;
  }

  /**
   * Sets keys aside that come in their order.
   *
   * @throws dev.godwit.spi.error.GodwitException if the disk of the temporary folder is full
   */
  static KeyRun of(Iterator<ListedKey> ordered) {
    Spool keys = new Spool();
    try {
      DataOutputStream out = new DataOutputStream(keys);
      long count = 0;
      for (; ordered.hasNext(); count++) {
        ordered.next().write(out);
      }
      return new KeyRun(keys, count);
    } catch (IOException e) {
      keys.close();
      throw new UncheckedIOException(e); // the spool itself throws none
    } catch (RuntimeException e) {
      keys.close();
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return read < count;
  }

  @Override
  public ListedKey next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    read++;
    try {
      return ListedKey.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    keys.close();
  }
}
