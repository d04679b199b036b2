package dev.godwit.testkit.sample;

import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Misfit;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Odd;
import dev.godwit.testkit.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Random rows of any schema, the same for the same seed: values of every kind with their extremes,
 * a tenth of them null, one in fifty a misfit where its kind knows any. The first column is the
 * row's number where it holds whole numbers, so that it can be a key.
 */
public final class RandomRows implements Iterator<Row> {
  private final List<Field> fields;
  private final long count;
  private final Random random;
  private final RandomValues values;
  private long made;

  /** So many rows. */
  public RandomRows(Schema schema, long count, long seed) {
    this.fields = schema.getFields();
    this.count = count;
    this.random = new Random(seed);
    this.values = new RandomValues(random);
  }

  /** So many rows as a list. */
  public static List<Row> list(Schema schema, int count, long seed) {
    List<Row> rows = new ArrayList<>(count);
    new RandomRows(schema, count, seed).forEachRemaining(rows::add);
    return rows;
  }

  @Override
  public boolean hasNext() {
    return made < count;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new java.util.NoSuchElementException();
    }
    List<Object> row = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      boolean key = i == 0 && FieldKind.of(fields.get(0)) == FieldKind.INTEGER;
      row.add(key ? (Object) made : cell(fields.get(i)));
    }
    made++;
    return new Row(row);
  }

  private Object cell(Field field) {
    int dice = random.nextInt(50);
    if (dice < 5) {
      return null;
    }
    Object odd = dice == 5 ? odd(FieldKind.of(field)) : null;
    return odd != null ? odd : values.of(field);
  }

  private Object odd(FieldKind kind) {
    return switch (kind) {
      case DECIMAL, TEXT_DECIMAL -> odd(Misfit.Kind.NAN, "NaN");
      case INSTANT -> odd(Misfit.Kind.POS_INF, "infinity");
      case LOCAL_TIMESTAMP -> odd(Misfit.Kind.OUT_OF_RANGE, "4713-01-01 00:00:00 BC");
      case DATE -> odd(Misfit.Kind.ZERO_DATE, "0000-00-00");
      case TEXT -> new Odd(Misfit.Kind.BAD_TEXT, new Bytes(new byte[] {(byte) 0xff, 'a'}));
      case LIST -> odd(Misfit.Kind.SHAPE, "[2:3]={1,2}");
      case INTEGER -> odd(Misfit.Kind.TYPE, "'seven'");
      default -> null;
    };
  }

  private static Odd odd(Misfit.Kind kind, String notation) {
    return new Odd(kind, new Bytes(notation.getBytes(StandardCharsets.UTF_8)));
  }
}
