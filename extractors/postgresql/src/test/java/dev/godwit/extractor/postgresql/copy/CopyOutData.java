package dev.godwit.extractor.postgresql.copy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The data of a copy through the driver; slow, plain, only for tests. */
final class CopyOutData implements CopyData {
  private final CopyOut copy;
  private final int contiguous;
  private byte[] message = new byte[0];
  private ByteBuffer direct = ByteBuffer.allocateDirect(1 << 16);

  /** Runs the statement; messages over so many bytes come as streams. */
  CopyOutData(Connection connection, String sql, int contiguous) throws SQLException {
    this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    this.contiguous = contiguous;
  }

  @Override
  public boolean next() throws IOException {
    try {
      message = copy.readFromCopy();
      return message != null;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public long length() {
    return message.length;
  }

  @Override
  public ByteBuffer bytes() {
    if (message.length > contiguous) {
      return null;
    }
    if (direct.capacity() < message.length) {
      direct = ByteBuffer.allocateDirect(message.length * 2);
    }
    return direct.clear().put(message).flip();
  }

  @Override
  public InputStream stream() {
    return new ByteArrayInputStream(message);
  }

  @Override
  public ByteBuffer ahead() {
    return null;
  }

  @Override
  public void close() {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
