package dev.godwit.spi.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** A storage that hands everything to another; who extends it says what it does otherwise. */
public abstract class ForwardingStorage implements Storage {
  private final Storage below;

  /** Hands everything to a storage, which is closed with this one. */
  protected ForwardingStorage(Storage below) {
    this.below = below;
  }

  /** The storage that everything is handed to. */
  protected final Storage below() {
    return below;
  }

  @Override
  public String display() {
    return below.display();
  }

  @Override
  public boolean isRemote() {
    return below.isRemote();
  }

  @Override
  public Duration listLag() {
    return below.listLag();
  }

  @Override
  public StorageWriter create(String path) throws IOException {
    return below.create(path);
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return below.createIfAbsent(path, content);
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    below.replace(path, content);
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws IOException {
    return below.read(path, offset, into);
  }

  @Override
  public StoredFile stat(String path) throws IOException {
    return below.stat(path);
  }

  @Override
  public Stream<StoredFile> list(String folder) throws IOException {
    return below.list(folder);
  }

  @Override
  public void delete(String path) throws IOException {
    below.delete(path);
  }

  @Override
  public Instant now() throws IOException {
    return below.now();
  }

  @Override
  public void close() throws IOException {
    below.close();
  }
}
