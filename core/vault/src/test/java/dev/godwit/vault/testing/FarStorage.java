package dev.godwit.vault.testing;

import dev.godwit.spi.storage.ForwardingStorage;
import dev.godwit.spi.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A storage whose every answer takes a while, and that counts how often it is asked. */
public final class FarStorage extends ForwardingStorage {
  private final Duration away;
  private final CountDownLatch never = new CountDownLatch(1);

  /** How many reads, looks and lists there were. */
  public final AtomicInteger asked = new AtomicInteger();

  /** Puts a storage so far away. */
  public FarStorage(Storage near, Duration away) {
    super(near);
    this.away = away;
  }

  private void ask() {
    asked.incrementAndGet();
    try {
      boolean unused = never.await(away.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws IOException {
    ask();
    return super.read(path, offset, into);
  }

  @Override
  public StoredFile stat(String path) throws IOException {
    ask();
    return super.stat(path);
  }

  @Override
  public Stream<StoredFile> list(String folder) throws IOException {
    ask();
    return super.list(folder);
  }
}
