package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.rdb.RdbException;
import dev.godwit.extractor.redis.value.TypedForm;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/** Makes record items of keys, in their order. Used by one thread. */
final class Items implements AutoCloseable {
  private static final int FIRST = 1 << 16;

  private final KeyValue.Source source;
  private final BatchBuilder batch;
  private final Cancellation cancellation;
  private byte[] form = new byte[FIRST];
  private boolean handedOut;
  private int database;
  private KeyValue ahead;
  private LargeForm large;

  Items(KeyValue.Source source, BufferAllocator allocator, Cancellation cancellation) {
    this.source = source;
    this.batch = new BatchBuilder(allocator);
    this.cancellation = cancellation;
  }

  /** The database of the item that was given out last. */
  int database() {
    return database;
  }

  /**
   * The next item, valid until the next call; null at the end. All of one batch is of one database.
   */
  RecordItem next() {
    cancellation.check();
    if (handedOut) {
      batch.clear();
      handedOut = false;
    }
    try {
      if (large != null) {
        batch.addLarge(large.key(), large.finish(), large.sha256());
        large = null;
      }
      return make();
    } catch (IOException | UncheckedIOException | RdbException e) {
      throw failure(e);
    }
  }

  /** Of what is read here, and of large values, which are read by whoever gets them. */
  private GodwitException failure(Exception e) {
    cancellation.check();
    return e instanceof RdbException
        ? new GodwitException(
            ExitCode.FAILED,
            "what the server sent cannot be read: " + e.getMessage(),
            "a server that is newer than is known here may be read with ?reading=scan",
            e)
        : new GodwitException(
            ExitCode.SOURCE_UNREACHABLE,
            "the connection was lost while the data was read: " + told(e),
            "a replica that is too slow is dropped: see repl-timeout and"
                + " client-output-buffer-limit of the server; or read with ?reading=scan",
            e);
  }

  private static String told(Exception e) {
    return e instanceof UncheckedIOException wrapped
        ? wrapped.getCause().getMessage()
        : e.getMessage();
  }

  private RecordItem make() throws IOException {
    while (!batch.full()) {
      KeyValue key = ahead == null ? source.next() : ahead;
      ahead = null;
      if (key == null) {
        return batch.rows() > 0 ? give() : null;
      }
      if (batch.rows() > 0 && key.database() != database) {
        ahead = key;
        return give();
      }
      database = key.database();
      TypedForm typed = new TypedForm(key.value());
      int length = head(typed);
      if (length > LargeValue.THRESHOLD) {
        large = new LargeForm(key, Arrays.copyOf(form, length), typed, this::failure);
        form = new byte[FIRST];
        return new LargeValue(large);
      }
      typed.close();
      batch.add(key, form, length);
    }
    return give();
  }

  private RecordItem give() {
    handedOut = true;
    return batch.build();
  }

  /** Reads a value, or as much of it as shows that it is large; how many bytes. */
  private int head(TypedForm typed) throws IOException {
    int length = 0;
    while (length <= LargeValue.THRESHOLD) {
      if (length == form.length) {
        form = Arrays.copyOf(form, Math.min(form.length * 2, LargeValue.THRESHOLD + 1));
      }
      int read = typed.read(form, length, form.length - length);
      if (read < 0) {
        break;
      }
      length += read;
    }
    return length;
  }

  @Override
  public void close() {
    if (large != null) {
      large.free();
    }
    batch.close();
    source.close();
  }
}
