package dev.godwit.extractor.mongodb.read;

import dev.godwit.spi.run.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * Reads a cursor on a thread of its own, some megabytes ahead of whoever takes the documents: the
 * server makes its next answer while the last one is hashed and compressed.
 */
final class DocumentsAhead implements AutoCloseable {
  /**
   * Documents wait up to so many bytes, and one answer more is in the hands of the driver: few
   * enough to be garbage before a small heap would move them to where only a full collection goes.
   */
  private static final long MOST_BYTES = 2L << 20;

  /** So many bytes are handed over at a time, or one document that is larger. */
  private static final int TOGETHER = 256 << 10;

  private final DocumentCursor cursor;
  private final Cancellation cancellation;
  private final Cancellation.Registration registration;
  private final Thread thread;
  private final ArrayDeque<Handful> waiting = new ArrayDeque<>();
  private Iterator<RawBsonDocument> taken = List.<RawBsonDocument>of().iterator();
  private long bytes;
  private boolean ended;
  private boolean closed;
  private Throwable failure;

  private record Handful(List<RawBsonDocument> documents, long bytes) {}

  /** Begins to read at once. The cursor is closed with this. */
  DocumentsAhead(String name, DocumentCursor cursor, Cancellation cancellation) {
    this.cursor = cursor;
    this.cancellation = cancellation;
    this.registration = cancellation.onCancel(this::wake);
    this.thread = new Thread(this::read, "godwit-ahead-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try {
      List<RawBsonDocument> together = new ArrayList<>();
      long size = 0;
      for (RawBsonDocument document; (document = cursor.next()) != null; ) {
        together.add(document);
        size += document.getByteBuffer().remaining();
        if (size >= TOGETHER) {
          if (!put(new Handful(together, size))) {
            return;
          }
          together = new ArrayList<>();
          size = 0;
        }
      }
      put(new Handful(together, size));
      end(null);
    } catch (RuntimeException | Error e) { // whoever waits must not wait for ever
      end(e);
    }
  }

  /** Whether anybody wants it still. */
  private synchronized boolean put(Handful handful) {
    while (bytes > 0 && bytes + handful.bytes() > MOST_BYTES && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        return false; // closed
      }
    }
    waiting.add(handful);
    bytes += handful.bytes();
    notifyAll();
    return !closed;
  }

  private synchronized void end(Throwable why) {
    failure = why;
    ended = true;
    notifyAll();
  }

  private synchronized void wake() {
    notifyAll();
  }

  /**
   * The next document, or null at the end.
   *
   * @throws com.mongodb.MongoException as the cursor threw it, once what came before was taken
   */
  RawBsonDocument next() {
    while (!taken.hasNext()) {
      Handful next = handful();
      if (next == null) {
        return null;
      }
      taken = next.documents().iterator();
    }
    return taken.next();
  }

  private synchronized Handful handful() {
    while (waiting.isEmpty() && !ended) {
      cancellation.check();
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        cancellation.check();
        throw new IllegalStateException("interrupted while documents were awaited", e);
      }
    }
    Handful next = waiting.poll();
    if (next == null && failure instanceof Error error) {
      throw error;
    } else if (next == null && failure != null) {
      throw (RuntimeException) failure;
    }
    if (next != null) {
      bytes -= next.bytes();
      notifyAll();
    }
    return next;
  }

  /** Ends the reading, whatever it waits for, and closes the cursor. */
  @Override
  public void close() {
    registration.close();
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    thread.interrupt();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    cursor.close();
  }
}
