package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes documents as JSON, in just the text that PostgreSQL prints of the {@code jsonb} that it
 * reads from it: members ordered by the length of their names and then by their bytes, numbers in
 * plain digits, one space after each comma and colon. So two texts are equal where the values are.
 *
 * <p>What JSON has, is written as JSON: numbers of all four types are numbers, and keep their value
 * and the digits after the point, but not which of the types they had. A double always has a point.
 * All else is canonical Extended JSON 2.0, with its members in that order too: dates, binaries,
 * object ids, and the numbers that a {@code numeric} is not, such as a zero below zero. Of NaN
 * neither sign nor payload is told.
 *
 * <p>Lost, and so asked for, is what {@code jsonb} has not: a zero character, text that is not
 * UTF-8, all but the last of members of one name, what lies deeper than {@link #DEEPEST}; and an
 * object that would be read as Extended JSON.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-json.html">JSON Types</a>
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md">Extended
 *     JSON</a>
 */
final class JsonbText {
  /** Levels of nesting: more than any server takes by default, and fewer than end its stack. */
  static final int DEEPEST = 500;

  private final FieldLosses losses;
  private final JsonScalars scalars;
  private final List<Level> levels = new ArrayList<>();

  JsonbText(FieldLosses losses) {
    this.losses = losses;
    this.scalars = new JsonScalars(new JsonString(losses));
  }

  /** What is needed of one document while those in it are written. */
  private static final class Level {
    private final Elements elements = new Elements();
    private final MemberOrder order = new MemberOrder();
  }

  /**
   * Writes a document.
   *
   * @param without by place, the elements that are left out
   */
  void document(Elements elements, boolean[] without, GrowingBytes out) {
    Level level = level(0);
    level.order.of(elements, without);
    members(elements, level.order, 0, out);
  }

  private Level level(int depth) {
    while (levels.size() <= depth) {
      levels.add(new Level());
    }
    return levels.get(depth);
  }

  private void members(Elements elements, MemberOrder order, int depth, GrowingBytes out) {
    int count = order.count();
    if (count > 0 && LookAlikes.isOne(elements, order.place(0), count)) {
      lost("an object that looks like a value of Extended JSON cannot be told from one");
    }
    out.int1('{');
    boolean first = true;
    for (int n = 0; n < count; n++) {
      int i = order.place(n);
      if (n + 1 < count && elements.compareNames(i, order.place(n + 1)) == 0) {
        lost("the name " + elements.nameText(i) + " comes twice in an object, and the last holds");
        continue;
      }
      separate(first, out);
      first = false;
      scalars.string(elements.bytes(), elements.name(i), elements.nameLength(i), out);
      out.int1(':');
      out.int1(' ');
      value(elements, i, depth, out);
    }
    out.int1('}');
  }

  private static void separate(boolean first, GrowingBytes out) {
    if (!first) {
      out.int1(',');
      out.int1(' ');
    }
  }

  private void value(Elements of, int i, int depth, GrowingBytes out) {
    switch (of.type(i)) {
      case BsonType.DOCUMENT -> nested(of.bytes(), of.value(i), of.end(i), depth + 1, out);
      case BsonType.ARRAY -> array(of.bytes(), of.value(i), of.end(i), depth + 1, out);
      case BsonType.CODE_WITH_SCOPE -> {
        int scope = scalars.codeBeforeScope(of, i, out);
        nested(of.bytes(), scope, of.end(i), depth + 1, out);
        out.int1('}');
      }
      default -> scalars.write(of, i, out);
    }
  }

  private boolean tooDeep(int depth, GrowingBytes out) {
    if (depth > DEEPEST) {
      lost("it is nested more than " + DEEPEST + " levels deep, and what is deeper is left out");
      JsonScalars.none(out);
      return true;
    }
    return false;
  }

  private void nested(byte[] bytes, int from, int to, int depth, GrowingBytes out) {
    if (!tooDeep(depth, out)) {
      Level level = level(depth);
      level.elements.read(bytes, from, to);
      level.order.of(level.elements);
      members(level.elements, level.order, depth, out);
    }
  }

  private void array(byte[] bytes, int from, int to, int depth, GrowingBytes out) {
    if (tooDeep(depth, out)) {
      return;
    }
    Elements elements = level(depth).elements;
    elements.begin(bytes, from, to);
    out.int1('[');
    for (boolean first = true; elements.advance(); first = false) {
      separate(first, out);
      value(elements, 0, depth, out);
    }
    out.int1(']');
  }

  private void lost(String why) {
    var ignored = losses.lost(why);
  }
}
