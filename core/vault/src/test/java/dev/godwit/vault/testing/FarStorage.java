package dev.godwit.vault.testing;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A storage whose every answer takes a while, and that counts how often it is asked. */
public final class FarStorage implements Storage {
  private final Storage near;
  private final Duration away;
  private final CountDownLatch never = new CountDownLatch(1);

  /** How many reads, looks and lists there were. */
  public final AtomicInteger asked = new AtomicInteger();

  /** Puts a storage so far away. */
  public FarStorage(Storage near, Duration away) {
    this.near = near;
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
  public Duration listLag() {
    return near.listLag();
  }

  @Override
  public String display() {
    return near.display();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public StorageWriter create(String path) throws IOException {
    return near.create(path);
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return near.createIfAbsent(path, content);
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    near.replace(path, content);
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws IOException {
    ask();
    return near.read(path, offset, into);
  }

  @Override
  public StoredFile stat(String path) throws IOException {
    ask();
    return near.stat(path);
  }

  @Override
  public Stream<StoredFile> list(String folder) throws IOException {
    ask();
    return near.list(folder);
  }

  @Override
  public void delete(String path) throws IOException {
    near.delete(path);
  }

  @Override
  public Instant now() throws IOException {
    return near.now();
  }

  @Override
  public void close() throws IOException {
    near.close();
  }
}
