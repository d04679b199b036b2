package dev.godwit.extractor.postgresql.copy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.postgresql.copy.CopyOut;

/** One copy through the driver. */
final class DriverCopyData implements CopyData {
  private final CopyOut copy;
  private final MessageBuffer buffer;
  private byte[] message = new byte[0];

  DriverCopyData(CopyOut copy, MessageBuffer buffer) {
    this.copy = copy;
    this.buffer = buffer;
  }

  @Override
  public boolean next() throws IOException {
    if (message == null) {
      return false;
    }
    try {
      message = copy.readFromCopy();
    } catch (SQLException e) {
      throw DriverCopies.failure(e);
    }
    if (message == null) {
      return false;
    }
    if (message.length <= CONTIGUOUS) {
      buffer.bytes().limit(0).position(0);
      buffer.makeRoom(message.length);
      buffer.bytes().put(message).flip();
    }
    return true;
  }

  @Override
  public long length() {
    return message.length;
  }

  @Override
  public ByteBuffer bytes() {
    return message.length > CONTIGUOUS ? null : buffer.bytes();
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
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        // The session is found to be broken when it is used next.
      }
    }
  }
}
