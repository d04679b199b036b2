package dev.godwit.vault.block;

import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads blocks: the vectors of a batch lie in the block's own memory, without a copy. Used by one
 * thread at a time; what it returned last is valid until the next call of either method.
 */
public final class BlockDecoder implements AutoCloseable {
  private final BufferAllocator allocator;
  private byte[] lastMessage = {};
  private DecodedRoot root;
  private ArrowBuf piece;

  /** A decoder of blocks of one dataset. */
  public BlockDecoder(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * Lets go of what was returned last, so that the memory under it can be used again. Called before
   * a block is opened into the same buffer.
   */
  public void release() {
    if (root != null) {
      root.release();
    }
    if (piece != null) {
      piece.close();
      piece = null;
    }
  }

  /** Reads a batch from the first bytes of a buffer. */
  public RecordBatch batch(BlockBuffer raw, int length) throws DamagedBlockException {
    release();
    try {
      int at = readSchema(raw, length);
      try (ArrowRecordBatch batch = readBatch(raw, at, length)) {
        return root.load(batch);
      }
    } catch (IOException | RuntimeException e) {
      throw new DamagedBlockException("is no Arrow stream that Godwit wrote", e);
    }
  }

  /** How many rows stand in the first bytes of a buffer; a piece of a large value has none. */
  public static int rows(BlockKind kind, BlockBuffer raw, int length) throws DamagedBlockException {
    if (kind == BlockKind.PIECE) {
      return 0;
    }
    try {
      Message message =
          Message.getRootAsMessage(metadata(raw.view(), bodyAt(raw.view(), 0, length)));
      if (message.headerType() != MessageHeader.RecordBatch) {
        throw new IllegalArgumentException("no record batch");
      }
      var batch = new org.apache.arrow.flatbuf.RecordBatch();
      return Math.toIntExact(
          ((org.apache.arrow.flatbuf.RecordBatch) message.header(batch)).length());
    } catch (RuntimeException e) {
      throw new DamagedBlockException("is no Arrow stream that Godwit wrote", e);
    }
  }

  /** Reads the bytes of a piece of a large value from the first bytes of a buffer. */
  public ByteBuffer piece(BlockBuffer raw, int length) throws DamagedBlockException {
    release();
    try {
      ByteBuffer view = raw.view();
      int at = bodyAt(view, 0, length);
      try (ArrowRecordBatch batch = readBatch(raw, at, length)) {
        ArrowBuf bytes = batch.getBuffers().get(2);
        bytes.getReferenceManager().retain();
        piece = bytes;
        return bytes.nioBuffer(0, (int) bytes.capacity());
      }
    } catch (IOException | RuntimeException e) {
      throw new DamagedBlockException("is no piece of a large value that Godwit wrote", e);
    }
  }

  private int readSchema(BlockBuffer raw, int length) {
    ByteBuffer view = raw.view();
    int end = bodyAt(view, 0, length);
    if (!view.slice(0, end).equals(ByteBuffer.wrap(lastMessage))) {
      byte[] message = new byte[end];
      view.get(0, message);
      Schema schema =
          MessageSerializer.deserializeSchema(
              Message.getRootAsMessage(metadata(ByteBuffer.wrap(message), 0)));
      if (root != null) {
        root.close();
      }
      root = new DecodedRoot(PlainSchema.of(schema), allocator);
      lastMessage = Arrays.copyOf(message, end);
    }
    return end;
  }

  private static ArrowRecordBatch readBatch(BlockBuffer raw, int at, int length)
      throws IOException {
    ByteBuffer view = raw.view();
    Message message = Message.getRootAsMessage(metadata(view, at));
    int bodyAt = bodyAt(view, at, length);
    if (message.headerType() != MessageHeader.RecordBatch
        || bodyAt + message.bodyLength() + ArrowMessages.END_OF_STREAM != length) {
      throw new IOException("no record batch of this length");
    }
    ArrowBuf body = raw.memory().slice(bodyAt, message.bodyLength());
    body.getReferenceManager().retain(); // given back by deserializeRecordBatch
    return MessageSerializer.deserializeRecordBatch(message, body);
  }

  private static int bodyAt(ByteBuffer view, int at, int length) {
    int metadata = view.getInt(at + 4);
    if (view.getInt(at) != ArrowMessages.CONTINUATION
        || metadata < 0
        || metadata > length - at - ArrowMessages.PREFIX) {
      throw new IllegalArgumentException("no message at " + at);
    }
    return at + ArrowMessages.PREFIX + metadata;
  }

  private static ByteBuffer metadata(ByteBuffer view, int at) {
    ByteBuffer little = view.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return little
        .slice(at + ArrowMessages.PREFIX, little.getInt(at + 4))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    release();
    if (root != null) {
      root.close();
      root = null;
    }
  }
}
