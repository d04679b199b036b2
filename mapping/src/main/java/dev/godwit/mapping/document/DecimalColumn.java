package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.record.Misfit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of decimals in plain digits, their scale kept, an exponent above zero written out. NaN
 * and the infinities are misfits; a zero below zero it does not hold.
 */
final class DecimalColumn extends VariableColumn {
  private final List<Misfit> misfits = new ArrayList<>();

  DecimalColumn() {
    super(DecimalColumn::plain);
  }

  private static boolean plain(Elements of, int i, GrowingBytes out) {
    long low = of.int64(of.value(i));
    long high = of.int64(of.value(i) + 8);
    if (!ShapeTypes.isNumber(low, high)) {
      return false;
    }
    out.ascii(Digits.ascii(Decimals.number(low, high).toPlainString()));
    return true;
  }

  @Override
  boolean take(Elements of, int i) {
    if (of.type(i) != BsonType.DECIMAL) {
      none();
      return false;
    }
    long high = of.int64(of.value(i) + 8);
    Misfit.Kind kind =
        Decimals.isNaN(high)
            ? Misfit.Kind.NAN
            : !Decimals.isInfinite(high)
                ? null
                : Decimals.isNegative(high) ? Misfit.Kind.NEG_INF : Misfit.Kind.POS_INF;
    if (kind == null) {
      return super.take(of, i);
    }
    none();
    misfits.add(new Misfit(row(), 0, kind, text(kind).getBytes(StandardCharsets.US_ASCII)));
    return true;
  }

  @Override
  void none() {
    super.none();
    if (!misfits.isEmpty() && misfits.get(misfits.size() - 1).row() == row()) {
      misfits.remove(misfits.size() - 1);
    }
  }

  private static String text(Misfit.Kind kind) {
    return switch (kind) {
      case NAN -> "NaN";
      case NEG_INF -> "-Infinity";
      default -> "Infinity";
    };
  }

  @Override
  void odd(int column, List<Misfit> all) {
    for (Misfit misfit : misfits) {
      all.add(new Misfit(misfit.row(), column, misfit.kind(), misfit.bytes()));
    }
    misfits.clear();
  }
}
