package dev.godwit.spi.record;

import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Keys with a value each: the third shape of record, beside rows and documents.
 *
 * <p>A record has five columns: {@code key} (bytes), {@code type} (a word: {@code string}, {@code
 * list}, {@code set}, {@code zset}, {@code hash}, {@code stream}, {@code module}), {@code expires}
 * (UTC, null for never), {@code value} (the bytes of a string; what a module wrote, opaque) and
 * {@code elements} (JSON, of every other type). One of the last two is null. An engine may add
 * columns of its own after these.
 *
 * <p>The JSON of a type:
 *
 * <ul>
 *   <li>list: {@code ["a","b"]}, in its order
 *   <li>set: {@code ["a","b"]}, ordered by bytes
 *   <li>zset: {@code [["member",1.5],["other","Infinity"]]}, ordered by score, then by bytes
 *   <li>hash: {@code [["field","value"],["field","value",1700000000000]]}, ordered by the bytes of
 *       the field; a third part is the field's own expiry in milliseconds
 *   <li>stream: {@code {"entries":[["1-1",["field","value"]]],"last":"1-1","deleted":"0-0",
 *       "added":1,"groups":[{"name":"g","last":"1-1","read":1,
 *       "consumers":[{"name":"c","seen":1700000000000,"active":1700000000000}],
 *       "pending":[["1-1","c",1700000000000,1]]}]}}; what an older server does not know is left out
 * </ul>
 *
 * <p>A string within is a JSON string where it is UTF-8 without a zero byte, else {@code
 * {"base64":"AP8="}}. So equal values have equal bytes, whatever server they come from.
 */
public final class KeyValues {
  /** Column: the key. */
  public static final int KEY = 0;

  /** Column: the type's word. */
  public static final int TYPE = 1;

  /** Column: when the key expires, milliseconds; null for never. */
  public static final int EXPIRES = 2;

  /** Column: the bytes of a string, or what a module wrote; else null. */
  public static final int VALUE = 3;

  /** Column: the JSON of any other type; else null. */
  public static final int ELEMENTS = 4;

  /** The columns that every engine has. */
  public static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("key", ArrowType.Binary.INSTANCE, "key"),
              Fields.of("type", ArrowType.Utf8.INSTANCE, "type"),
              Fields.of("expires", new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC"), "expiry"),
              Fields.of("value", ArrowType.Binary.INSTANCE, "string"),
              Fields.json("elements", "elements")));

  private KeyValues() {}

  /** Whether records of this schema are keys with values, as an engine of such reads them. */
  public static boolean in(Schema schema) {
    List<Field> fields = schema.getFields();
    int common = SCHEMA.getFields().size();
    return fields.size() >= common && fields.subList(0, common).equals(SCHEMA.getFields());
  }
}
