package dev.godwit.extractor.postgresql.copy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/** Messages that a test gives. */
final class GivenData implements CopyData {
  private final Iterator<byte[]> messages;
  private final boolean streamed;
  private byte[] message;

  /** Held, for the decoder keeps only its address. */
  private ByteBuffer direct;

  GivenData(List<byte[]> messages, boolean streamed) {
    this.messages = messages.iterator();
    this.streamed = streamed;
  }

  @Override
  public boolean next() {
    if (!messages.hasNext()) {
      return false;
    }
    message = messages.next();
    return true;
  }

  @Override
  public long length() {
    return message.length;
  }

  @Override
  public ByteBuffer bytes() {
    if (streamed) {
      return null;
    }
    direct = ByteBuffer.allocateDirect(message.length).put(message).flip();
    return direct;
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
  public void close() {}
}
