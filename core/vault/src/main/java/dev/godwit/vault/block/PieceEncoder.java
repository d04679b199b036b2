package dev.godwit.vault.block;

import dev.godwit.spi.record.LargeValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes a piece of a large value as a whole Arrow IPC stream: one row of one Binary column named
 * {@code piece}, in a schema whose metadata says {@code godwit.block=piece}. Used by one thread at
 * a time.
 */
final class PieceEncoder {
  private static final Schema SCHEMA =
      new Schema(
          List.of(new Field("piece", FieldType.notNullable(ArrowType.Binary.INSTANCE), null)),
          Map.of("godwit.block", "piece"));
  private static final byte[] MESSAGE = ArrowMessages.schema(SCHEMA);
  private static final long[] NODE = {1, 0};
  private static final int METADATA = metadata(0).remaining();
  private static final int OFFSETS = 8;
  private static final int DATA =
      MESSAGE.length + ArrowMessages.PREFIX + (int) ArrowMessages.padded(METADATA) + OFFSETS;

  private final byte[] chunk = new byte[64 << 10];

  private static ByteBuffer metadata(int length) {
    return ArrowMessages.batch(1, NODE, new long[] {0, OFFSETS, length});
  }

  /** The bytes that a piece of this length takes. */
  static int encodedLength(int length) {
    return DATA + (int) ArrowMessages.padded(length) + ArrowMessages.END_OF_STREAM;
  }

  /**
   * Reads the next piece of a value, of {@link LargeValue#PIECE} bytes or what is left.
   *
   * @return how many bytes of the value it holds; fewer than a whole piece only at the value's end
   */
  int encode(InputStream value, BlockBuffer into) throws IOException {
    ArrowBuf memory = into.atLeast(encodedLength(LargeValue.PIECE));
    int length = 0;
    while (length < LargeValue.PIECE) {
      int read = value.read(chunk, 0, Math.min(chunk.length, LargeValue.PIECE - length));
      if (read < 0) {
        break;
      }
      memory.setBytes(DATA + (long) length, chunk, 0, read);
      length += read;
    }
    finish(memory, into, length);
    return length;
  }

  private static void finish(ArrowBuf memory, BlockBuffer into, int length) {
    memory.setBytes(0, MESSAGE, 0, MESSAGE.length);
    int at = ArrowMessages.put(into.view(), MESSAGE.length, metadata(length));
    memory.setInt(at, 0);
    memory.setInt(at + 4L, length);
    int end = DATA + (int) ArrowMessages.padded(length);
    memory.setZero(DATA + (long) length, end - (DATA + length));
    ArrowMessages.putEnd(into.view(), end);
  }
}
