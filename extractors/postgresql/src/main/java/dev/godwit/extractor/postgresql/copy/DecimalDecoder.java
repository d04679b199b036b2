package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Misfit;
import java.math.BigInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

/** numeric(p,s) into Arrow's decimals: two's complement, little-endian. */
final class DecimalDecoder extends FixedDecoder {
  private final Numeric numeric = new Numeric();
  private final WideDecimal wide = new WideDecimal();
  private final int scale;
  private final int width;
  private final long smallBound;
  private final BigInteger bound;

  /** The bound as 128 bits; more than a {@link WideDecimal} holds where it takes more. */
  private final long boundHigh;

  private final long boundLow;

  DecimalDecoder(Form.Decimal form, BufferAllocator allocator) {
    super("numeric", -1, form.width(), allocator);
    this.scale = form.scale();
    this.width = form.width();
    this.bound = BigInteger.TEN.pow(form.precision());
    this.smallBound = form.precision() > 18 ? Long.MAX_VALUE : bound.longValueExact();
    boolean fits = bound.bitLength() < 2 * Long.SIZE;
    this.boundHigh = fits ? bound.shiftRight(Long.SIZE).longValueExact() : Long.MAX_VALUE;
    this.boundLow = fits ? bound.longValue() : -1;
  }

  @Override
  Misfit.Kind convert(long from, int length, long to) {
    numeric.read(from, length);
    Misfit.Kind special = numeric.special();
    if (special != null) {
      return special;
    }
    if (numeric.scale() != scale) {
      return Misfit.Kind.OUT_OF_RANGE;
    }
    long small = numeric.smallUnscaled();
    if (small < 0) {
      return wide.read(numeric) ? convertWide(to) : convertLarge(to);
    }
    if (small >= smallBound) {
      return Misfit.Kind.OUT_OF_RANGE;
    }
    long value = numeric.negative() ? -small : small;
    put(value >> 63, value, to);
    return null;
  }

  private Misfit.Kind convertWide(long to) {
    long high = wide.high();
    long low = wide.low();
    boolean below =
        high < boundHigh || (high == boundHigh && Long.compareUnsigned(low, boundLow) < 0);
    if (!below) {
      return Misfit.Kind.OUT_OF_RANGE;
    }
    if (numeric.negative()) {
      low = -low;
      high = low == 0 ? -high : ~high;
    }
    put(high, low, to);
    return null;
  }

  private void put(long high, long low, long to) {
    MemoryUtil.putLong(to, low);
    MemoryUtil.putLong(to + 8, high);
    for (int at = 16; at < width; at += 8) {
      MemoryUtil.putLong(to + at, high >> 63);
    }
  }

  private Misfit.Kind convertLarge(long to) {
    BigInteger value = numeric.unscaled();
    if (value.abs().compareTo(bound) >= 0) {
      return Misfit.Kind.OUT_OF_RANGE;
    }
    byte[] bytes = value.toByteArray();
    byte fill = (byte) (value.signum() < 0 ? -1 : 0);
    for (int i = 0; i < width; i++) {
      MemoryUtil.putByte(to + i, i < bytes.length ? bytes[bytes.length - 1 - i] : fill);
    }
    return null;
  }
}
