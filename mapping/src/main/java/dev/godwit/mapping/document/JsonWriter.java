package dev.godwit.mapping.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.StoredJson;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VarCharVector;

/**
 * Writes JSON as elements: objects and arrays nested; whole numbers as int32 or int64 where they
 * fit, all other numbers as Decimal128, with the digits that they are written with.
 */
final class JsonWriter implements ElementWriter {
  /** As deep as a server takes documents, the document itself being the first. */
  private static final int DEEPEST = 98;

  private static final int LONG_DIGITS = 18;

  private final VarCharVector vector;
  private final FieldLosses losses;
  private final List<Members> levels = new ArrayList<>();
  private byte[] text = new byte[1 << 10];

  JsonWriter(VarCharVector vector, FieldLosses losses) {
    this.vector = vector;
    this.losses = losses;
  }

  @Override
  public void write(int row, byte[] name, GrowingBytes out) {
    int from = vector.getStartOffset(row);
    int length = vector.getEndOffset(row) - from;
    if (text.length < length) {
      text = new byte[Math.max(length, text.length * 2)];
    }
    vector.getDataBuffer().getBytes(from, text, 0, length);
    write(text, length, name, out);
  }

  /** Writes a text; the bytes are not kept. */
  void write(byte[] json, int length, byte[] name, GrowingBytes out) {
    int start = out.size();
    try (JsonParser parser = StoredJson.FACTORY.createParser(json, 0, length)) {
      var ignored = parser.nextToken();
      value(parser, name, 0, out);
    } catch (InsteadException e) {
      out.cutTo(start);
      instead(e.policy, json, length, name, out);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      out.cutTo(start);
      instead(losses.lost("it is not JSON"), json, length, name, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void instead(
      OnLossy policy, byte[] json, int length, byte[] name, GrowingBytes out) {
    if (policy == OnLossy.TEXT) {
      ElementWriters.string(new String(json, 0, length, StandardCharsets.UTF_8), name, out);
    } else {
      out.element(BsonType.NULL, name);
    }
  }

  /** The whole value becomes something else. */
  private static final class InsteadException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final OnLossy policy;

    InsteadException(OnLossy policy) {
      super(null, null, false, false);
      this.policy = policy;
    }
  }

  /** A loss after which the value may go on with what is nearest. */
  private void lost(String why) {
    if (losses.lost(why) == OnLossy.TEXT) {
      throw new InsteadException(OnLossy.TEXT);
    }
  }

  private void value(JsonParser parser, byte[] name, int depth, GrowingBytes out)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new InsteadException(losses.lost("it is empty, which is not JSON"));
    }
    switch (token) {
      case START_OBJECT -> object(parser, name, depth + 1, out);
      case START_ARRAY -> array(parser, name, depth + 1, out);
      case VALUE_STRING -> {
        out.element(BsonType.STRING, name);
        int mark = out.beginLength();
        characters(parser, out);
        out.endText(mark);
      }
      case VALUE_NUMBER_INT -> whole(parser, name, out);
      case VALUE_NUMBER_FLOAT -> number(parser.getText(), name, out);
      case VALUE_TRUE, VALUE_FALSE -> {
        out.element(BsonType.BOOLEAN, name);
        out.int1(token == JsonToken.VALUE_TRUE ? 1 : 0);
      }
      default -> out.element(BsonType.NULL, name);
    }
  }

  private void characters(JsonParser parser, GrowingBytes out) throws IOException {
    char[] characters = parser.getTextCharacters();
    int from = parser.getTextOffset();
    int length = parser.getTextLength();
    checkPairs(characters, from, from + length);
    out.characters(characters, from, length);
  }

  private void checkPairs(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.isSurrogate(text[i])) {
        if (Character.isHighSurrogate(text[i])
            && i + 1 < to
            && Character.isLowSurrogate(text[i + 1])) {
          i++;
        } else {
          lost("half of a pair of UTF-16 stands alone in its text");
        }
      }
    }
  }

  private void whole(JsonParser parser, byte[] name, GrowingBytes out) throws IOException {
    int digits = parser.getTextLength();
    if (digits <= LONG_DIGITS || parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = parser.getLongValue();
      if (value == 0 && digits > 1) { // a zero below zero, which no whole number of BSON is
        number(parser.getText(), name, out);
      } else if (value == (int) value) {
        out.element(BsonType.INT32, name);
        out.int4((int) value);
      } else {
        out.element(BsonType.INT64, name);
        out.int8(value);
      }
    } else {
      number(parser.getText(), name, out);
    }
  }

  private void number(String text, byte[] name, GrowingBytes out) {
    NumberElements.number(
        text,
        name,
        why -> {
          lost(why);
          return OnLossy.WARN;
        },
        out);
  }

  private void array(JsonParser parser, byte[] name, int depth, GrowingBytes out)
      throws IOException {
    checkDepth(depth);
    out.element(BsonType.ARRAY, name);
    int mark = out.beginLength();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      value(parser, Names.index(i), depth, out);
    }
    out.endDocument(mark);
  }

  private void checkDepth(int depth) {
    if (depth > DEEPEST) {
      throw new InsteadException(losses.lost("it is nested deeper than documents may be"));
    }
  }

  private void object(JsonParser parser, byte[] name, int depth, GrowingBytes out)
      throws IOException {
    checkDepth(depth);
    out.element(BsonType.DOCUMENT, name);
    int mark = out.beginLength();
    while (levels.size() <= depth) {
      levels.add(new Members());
    }
    Members members = levels.get(depth);
    members.clear();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (key.indexOf('\0') >= 0) {
        lost("a name of MongoDB holds no zero character");
        key = key.replace("\0", "");
      }
      if (members.met(key, out)) {
        lost("the name " + key + " comes twice in an object, and the last one holds");
      }
      var ignored = parser.nextToken();
      value(parser, Names.of(key), depth, out);
    }
    out.endDocument(mark);
  }

  /** The members of an object that is being written, and where they begin. */
  private static final class Members {
    private final Map<String, Integer> places = new HashMap<>();

    void clear() {
      places.clear();
    }

    /** Meets a name; where it was met before, that member is taken out again. */
    boolean met(String key, GrowingBytes out) {
      int here = out.size();
      Integer before = places.put(key, here);
      if (before == null) {
        return false;
      }
      int end =
          places.values().stream().filter(at -> at > before).min(Integer::compare).orElse(here);
      int removed = end - before;
      out.remove(before, end);
      places.replaceAll((other, at) -> at > before ? at - removed : at);
      return true;
    }
  }
}
