package dev.godwit.vault.block;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The messages of an Arrow IPC stream ("Encapsulated message format" of the Arrow columnar format):
 * continuation marker, length of the metadata, metadata, body; every part padded to 8 bytes.
 */
final class ArrowMessages {
  /** Marks a message; int32 of minus one. */
  static final int CONTINUATION = -1;

  /** Marker and length, ahead of each message's metadata. */
  static final int PREFIX = 8;

  /** Ends a stream: a marker and the length nought. */
  static final int END_OF_STREAM = 8;

  private ArrowMessages() {}

  /** A whole schema message. Its length is a multiple of 8. */
  static byte[] schema(Schema plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      MessageSerializer.serialize(channel, plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail to be written
    }
    return bytes.toByteArray();
  }

  /**
   * The metadata of a record batch, without prefix and padding.
   *
   * @param nodes of each field, depth first: its length, then its nulls
   * @param buffers the length of each buffer, in order
   */
  static ByteBuffer batch(int rows, long[] nodes, long[] buffers) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    RecordBatch.startNodesVector(builder, nodes.length / 2);
    for (int i = nodes.length - 2; i >= 0; i -= 2) {
      FieldNode.createFieldNode(builder, nodes[i], nodes[i + 1]);
    }
    int nodesAt = builder.endVector();
    long end = bodyLength(buffers);
    long at = end;
    RecordBatch.startBuffersVector(builder, buffers.length);
    for (int i = buffers.length - 1; i >= 0; i--) {
      at -= padded(buffers[i]);
      Buffer.createBuffer(builder, at, buffers[i]);
    }
    int buffersAt = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows);
    RecordBatch.addNodes(builder, nodesAt);
    RecordBatch.addBuffers(builder, buffersAt);
    int batchAt = RecordBatch.endRecordBatch(builder);
    return MessageSerializer.serializeMessage(
        builder, MessageHeader.RecordBatch, batchAt, end, IpcOption.DEFAULT);
  }

  static long bodyLength(long[] buffers) {
    long length = 0;
    for (long buffer : buffers) {
      length += padded(buffer);
    }
    return length;
  }

  static long padded(long length) {
    return (length + 7) & ~7L;
  }

  /** Writes prefix, metadata and padding; returns where the body begins. */
  static int put(ByteBuffer into, int at, ByteBuffer metadata) {
    int length = (int) padded(metadata.remaining());
    into.putInt(at, CONTINUATION);
    into.putInt(at + 4, length);
    int from = at + PREFIX;
    into.put(from, metadata, metadata.position(), metadata.remaining());
    for (int i = from + metadata.remaining(); i < from + length; i++) {
      into.put(i, (byte) 0);
    }
    return from + length;
  }

  /** Writes the end of the stream; returns what comes after it. */
  static int putEnd(ByteBuffer into, int at) {
    into.putInt(at, CONTINUATION);
    into.putInt(at + 4, 0);
    return at + END_OF_STREAM;
  }
}
