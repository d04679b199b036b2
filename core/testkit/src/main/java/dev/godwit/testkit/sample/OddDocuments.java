package dev.godwit.testkit.sample;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Documents that a tool which goes through a map, or through JSON, does not give back: built byte
 * by byte, so that nothing puts them right on the way.
 *
 * @see <a href="https://bsonspec.org/spec.html">BSON 1.1</a>
 */
public final class OddDocuments {
  private OddDocuments() {}

  /** Documents with a number for an {@code _id}, by what is odd about them. */
  public static Map<String, byte[]> plain() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    int id = 0;
    for (Map.Entry<String, byte[]> one : elements().entrySet()) {
      all.put(one.getKey(), document(element(0x10, "_id", int32(id++)), one.getValue()));
    }
    all.put("_id last", document(element(0x02, "a", text("x")), element(0x10, "_id", int32(id))));
    return all;
  }

  /** Documents with an {@code _id} of each type that a server takes. */
  public static Map<String, byte[]> ids() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    values().forEach((name, value) -> all.put(name, document(named("_id", value))));
    return all;
  }

  /** A document of nearly so many bytes. */
  public static byte[] ofSize(int id, int bytes) {
    byte[] data = new byte[bytes - 60];
    new java.util.Random(id).nextBytes(data);
    byte[] value = bytes(int32(data.length), new byte[] {0}, data);
    return document(element(0x10, "_id", int32(id)), element(0x05, "data", value));
  }

  private static Map<String, byte[]> elements() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    values().forEach((name, value) -> all.put(name, named("v", value)));
    all.put("array", element(0x04, "v", document(element(0x10, "0", int32(1)))));
    all.put("undefined", element(0x06, "v"));
    all.put("regex", element(0x0B, "v", name("^a.*"), name("im")));
    all.put("symbol", element(0x0E, "v", text("sym")));
    all.put("pointer", element(0x0C, "v", text("db.c"), new byte[12]));
    all.put("code with scope", element(0x0F, "v", int32(4 + 4 + 2 + 5), text("f"), document()));
    all.put(
        "same name twice",
        bytes(named("k", values().get("int32")), named("k", values().get("string"))));
    all.put("empty name", element(0x10, "", int32(1)));
    all.put(
        "dots and dollars", bytes(element(0x10, "a.b", int32(1)), element(0x10, "c$d", int32(2))));
    all.put("dollar first", element(0x10, "$set", int32(1)));
    all.put("array with names", element(0x04, "v", document(element(0x10, "x", int32(1)))));
    all.put(
        "reference",
        element(
            0x03, "v", document(element(0x02, "$ref", text("c")), element(0x10, "$id", int32(1)))));
    all.put("zero in text", element(0x02, "v", int32(4), new byte[] {'a', 0, 'b', 0}));
    all.put(
        "text that is not UTF-8", element(0x02, "v", int32(3), new byte[] {(byte) 0xC3, 0x28, 0}));
    all.put("long name", element(0x0A, "n".repeat(5000)));
    return all;
  }

  private static Map<String, byte[]> values() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("double", value(0x01, int64(Double.doubleToRawLongBits(0.1))));
    all.put("negative zero", value(0x01, int64(Double.doubleToRawLongBits(-0.0))));
    all.put("infinity", value(0x01, int64(Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY))));
    all.put("NaN with a payload", value(0x01, int64(0x7FF8_0000_0000_BEEFL)));
    all.put("signalling NaN", value(0x01, int64(0xFFF4_0000_0000_0001L)));
    all.put("string", value(0x02, text("bar-tailed \u00fc\ud83d\udc26")));
    all.put(
        "document",
        value(0x03, document(element(0x10, "b", int32(1)), element(0x10, "a", int32(2)))));
    for (int subtype : new int[] {0, 1, 3, 4, 5, 6, 7, 8, 9, 0x80, 0xff}) {
      byte[] data = new byte[16];
      data[0] = (byte) subtype;
      all.put("binary " + subtype, value(0x05, int32(16), new byte[] {(byte) subtype}, data));
    }
    all.put("binary 2", value(0x05, int32(8), new byte[] {2}, int32(4), new byte[] {1, 2, 3, 4}));
    all.put("empty binary", value(0x05, int32(0), new byte[] {0}));
    all.put("object id", value(0x07, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
    all.put("true", value(0x08, new byte[] {1}));
    all.put("false", value(0x08, new byte[] {0}));
    all.put("date", value(0x09, int64(-1)));
    all.put("date far away", value(0x09, int64(Long.MIN_VALUE)));
    all.put("null", value(0x0A));
    all.put("code", value(0x0D, text("function() {}")));
    all.put("int32", value(0x10, int32(-7)));
    all.put("timestamp", value(0x11, int64((5L << 32) | 6)));
    all.put("int64", value(0x12, int64(1L << 60)));
    all.put("decimal", value(0x13, int64(1000), int64(0x3034_0000_0000_0000L)));
    all.put("decimal NaN", value(0x13, int64(0), int64(0x7C00_0000_0000_0000L)));
    all.put("least key", value(0xFF));
    all.put("greatest key", value(0x7F));
    return all;
  }

  /** A document of these elements. */
  public static byte[] document(byte[]... elements) {
    byte[] inside = bytes(elements);
    return bytes(int32(4 + inside.length + 1), inside, new byte[] {0});
  }

  /** An element of a type, with the bytes of its value. */
  public static byte[] element(int type, String name, byte[]... value) {
    return named(name, value(type, value));
  }

  private static byte[] value(int type, byte[]... parts) {
    return bytes(new byte[] {(byte) type}, bytes(parts));
  }

  private static byte[] named(String name, byte[] typed) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(new byte[] {typed[0]});
    parts.add(name(name));
    parts.add(java.util.Arrays.copyOfRange(typed, 1, typed.length));
    return bytes(parts.toArray(byte[][]::new));
  }

  private static byte[] name(String name) {
    return bytes(name.getBytes(StandardCharsets.UTF_8), new byte[] {0});
  }

  private static byte[] text(String text) {
    byte[] utf8 = name(text);
    return bytes(int32(utf8.length), utf8);
  }

  /** A whole number of four bytes. */
  public static byte[] int32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] int64(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static byte[] bytes(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
