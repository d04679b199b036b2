package dev.godwit.testkit.sample;

import dev.godwit.testkit.row.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * BSON documents of varying shape. Each begins with its {@code _id}, a 64-bit integer; what follows
 * is another choice of fields each time: text, doubles, nested documents, binaries.
 *
 * @see <a href="https://bsonspec.org/spec.html">BSON 1.1</a>
 */
public final class Documents {
  /** Where the {@code _id} of a document made here ends. */
  public static final int ID_END = 4 + 1 + 4 + 8;

  private static final int MOST = 1 << 12;
  private static final int KEY_AT = 4 + 1 + 4; // the length, the type, "_id" and its zero

  private Documents() {}

  /** A document. */
  public static Bytes random(long id, Random random) {
    ByteBuffer out = begin(MOST);
    integer(out, "_id", id);
    fields(out, random, 3);
    return end(out);
  }

  /** A document whose field {@code data} holds so many bytes. */
  public static Bytes withBinary(long id, byte[] data) {
    ByteBuffer out = begin(data.length + 100);
    integer(out, "_id", id);
    name(out, 0x05, "data").putInt(data.length).put((byte) 0).put(data);
    return end(out);
  }

  /** The {@code _id} of a document made here. */
  public static long id(Bytes document) {
    return ByteBuffer.wrap(document.array()).order(ByteOrder.LITTLE_ENDIAN).getLong(KEY_AT);
  }

  private static ByteBuffer begin(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putInt(0);
  }

  private static Bytes end(ByteBuffer out) {
    out.put((byte) 0).putInt(0, out.position());
    byte[] document = new byte[out.position()];
    out.flip().get(document);
    return new Bytes(document);
  }

  private static void fields(ByteBuffer out, Random random, int depth) {
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = "field" + random.nextInt(20);
      switch (random.nextInt(depth > 0 ? 5 : 4)) {
        case 0 -> integer(out, name, random.nextLong());
        case 1 -> name(out, 0x01, name).putDouble(random.nextGaussian());
        case 2 -> text(out, name, "bar-tailed " + random.nextInt());
        case 3 -> name(out, 0x0A, name);
        default -> {
          name(out, 0x03, name);
          int start = out.position();
          out.putInt(0);
          fields(out, random, depth - 1);
          out.put((byte) 0).putInt(start, out.position() - start);
        }
      }
    }
  }

  private static void integer(ByteBuffer out, String name, long value) {
    name(out, 0x12, name).putLong(value);
  }

  private static void text(ByteBuffer out, String name, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    name(out, 0x02, name).putInt(bytes.length + 1).put(bytes).put((byte) 0);
  }

  private static ByteBuffer name(ByteBuffer out, int type, String name) {
    return out.put((byte) type).put(name.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
  }
}
