package dev.godwit.spi.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A place that holds a vault's files, each under a relative path with slashes. Files are written
 * whole and never changed. Safe for use by many threads.
 */
public interface Storage extends AutoCloseable {
  /** Where it is, for people, without secrets. */
  String display();

  /** Whether each read waits for a network, so that few and large ones are better. */
  default boolean isRemote() {
    return false;
  }

  /**
   * For how long a list may not show yet what was written, and still show what was removed; zero
   * where lists are never late. Who asks for a file by its name is always told the truth.
   */
  Duration listLag();

  /**
   * Begins a file. It appears under its path only when committed: whole, and so that it outlives a
   * crash of the machine.
   */
  StorageWriter create(String path) throws IOException;

  /**
   * Writes a small file whole if the path is free, atomically: of several writers, one wins.
   *
   * @return whether this call wrote it
   */
  boolean createIfAbsent(String path, byte[] content) throws IOException;

  /** Writes a small file whole, replacing what is there, atomically. */
  void replace(String path, byte[] content) throws IOException;

  /**
   * Reads from an offset until the buffer is full or the file ends.
   *
   * @return bytes read
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  int read(String path, long offset, ByteBuffer into) throws IOException;

  /**
   * What is known of a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  StoredFile stat(String path) throws IOException;

  /**
   * All files below a folder, in no order, as of {@link #listLag} ago or later; empty where the
   * folder does not exist.
   */
  Stream<StoredFile> list(String folder) throws IOException;

  /**
   * Removes a file; does nothing where there is none.
   *
   * @throws RetainedException if it may not be removed, for now or by this user
   */
  void delete(String path) throws IOException;

  /** The time by the storage's clock, the one that stamps its files. */
  Instant now() throws IOException;

  @Override
  void close() throws IOException;

  /** A file's path, its size in bytes, and when it was written by the storage's clock. */
  record StoredFile(String path, long size, Instant modified) {}
}
