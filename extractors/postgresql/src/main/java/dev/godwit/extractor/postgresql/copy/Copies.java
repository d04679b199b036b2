package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.session.Session;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Runs {@code copy ... to stdout} statements on one session, one after the other. Used by one
 * thread.
 */
public sealed interface Copies extends AutoCloseable permits RawCopies, DriverCopies {

  /**
   * Copies over a session: straight from its socket where we have hold of it and the driver has
   * nothing buffered, else through the driver, which holds each row whole in the heap.
   *
   * @param allocator for the buffer that messages are read into
   */
  static Copies over(Session session, BufferAllocator allocator) {
    return session
        .wire()
        .filter(wire -> wire.idle())
        .<Copies>map(wire -> new RawCopies(wire, session, allocator))
        .orElseGet(() -> new DriverCopies(session.connection(), allocator));
  }

  /**
   * Begins a copy. The one before must have come to its end or been closed.
   *
   * @throws ServerFailure if the server refuses it
   */
  CopyData begin(String sql) throws IOException;

  @Override
  void close();
}
