package dev.godwit.extractor.postgresql.copy;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Copies through the driver, where its socket cannot be had. Each row comes as an array. */
final class DriverCopies implements Copies {
  private static final int INITIAL = 64 << 10;

  private final PgConnection connection;
  private final MessageBuffer buffer;

  DriverCopies(PgConnection connection, BufferAllocator allocator) {
    this.connection = connection;
    this.buffer = new MessageBuffer(allocator, INITIAL);
  }

  @Override
  public CopyData begin(String sql) throws IOException {
    try {
      CopyOut copy = new CopyManager(connection).copyOut(sql);
      return new DriverCopyData(copy, buffer);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** What the server said, or a plain failure of the connection. */
  static IOException failure(SQLException e) {
    ServerErrorMessage message =
        e instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
    return message == null
        ? new IOException(e.getMessage(), e)
        : new ServerFailure(e.getSQLState(), message.getMessage(), e);
  }

  @Override
  public void close() {
    buffer.close();
  }
}
