package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Misfit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.junit.jupiter.api.Test;

/** Numbers of many digits come out as they went in, whatever way they are read. */
class WideDecimalTest {
  private final Random random = new Random(19);

  private List<BigDecimal> numbers(int most, int scale) {
    List<BigDecimal> numbers = new ArrayList<>();
    BigInteger half = BigInteger.ONE.shiftLeft(Long.SIZE); // a last group brings it over the half
    for (int i = -1; i <= 1 && most > 19; i++) {
      numbers.add(new BigDecimal(half.add(BigInteger.valueOf(i)), scale));
      numbers.add(new BigDecimal(half.add(BigInteger.valueOf(i)).negate(), scale));
    }
    for (int digits = 1; digits <= most; digits++) {
      BigInteger power = BigInteger.TEN.pow(digits);
      for (BigInteger unscaled :
          List.of(
              power.subtract(BigInteger.ONE),
              power.divide(BigInteger.TEN),
              power.divide(BigInteger.valueOf(3)),
              new BigInteger(power.bitLength(), random).mod(power),
              new BigInteger(power.bitLength(), random)
                  .mod(power)
                  .multiply(BigInteger.TEN.pow(5))
                  .mod(power))) {
        numbers.add(new BigDecimal(unscaled, scale));
        numbers.add(new BigDecimal(unscaled.negate(), scale));
      }
    }
    return numbers;
  }

  /** As the decoder of a column of so many digits leaves it; null where it does not take it. */
  private static BigDecimal decoded(BigDecimal number, Form.Decimal form) {
    ByteOut out = new ByteOut(16);
    NumericWriter.write(number.toPlainString(), out);
    try (RootAllocator memory = new RootAllocator();
        ArrowBuf from = memory.buffer(out.length());
        ArrowBuf to = memory.buffer(form.width());
        DecimalDecoder decoder = new DecimalDecoder(form, memory)) {
      from.setBytes(0, out.bytes(), 0, out.length());
      Misfit.Kind misfit = decoder.convert(from.memoryAddress(), out.length(), to.memoryAddress());
      if (misfit != null) {
        assertThat(misfit).isEqualTo(Misfit.Kind.OUT_OF_RANGE);
        return null;
      }
      byte[] bigEndian = new byte[form.width()];
      for (int i = 0; i < bigEndian.length; i++) {
        bigEndian[bigEndian.length - 1 - i] = MemoryUtil.getByte(to.memoryAddress() + i);
      }
      return new BigDecimal(new BigInteger(bigEndian), form.scale());
    }
  }

  @Test
  void everyNumberThatAColumnHolds() {
    for (Form.Decimal form :
        List.of(
            new Form.Decimal(38, 0),
            new Form.Decimal(38, 10),
            new Form.Decimal(38, 37),
            new Form.Decimal(38, 38),
            new Form.Decimal(20, 6),
            new Form.Decimal(19, 19),
            new Form.Decimal(76, 20))) {
      for (BigDecimal number : numbers(form.precision(), form.scale())) {
        assertThat(decoded(number, form)).as("%s in %s", number, form).isEqualTo(number);
      }
    }
  }

  @Test
  void noneThatHasMoreDigits() {
    for (Form.Decimal form : List.of(new Form.Decimal(19, 2), new Form.Decimal(37, 5))) {
      BigInteger bound = BigInteger.TEN.pow(form.precision());
      for (BigInteger sign : List.of(BigInteger.ONE, BigInteger.ONE.negate())) {
        BigDecimal least = new BigDecimal(bound.multiply(sign), form.scale());
        assertThat(decoded(least, form)).as("%s in %s", least, form).isNull();
        BigDecimal most =
            new BigDecimal(bound.subtract(BigInteger.ONE).multiply(sign), form.scale());
        assertThat(decoded(most, form)).isEqualTo(most);
      }
    }
  }

  @Test
  void theTextOfEachIsThatOfTheServer() {
    for (int scale : List.of(0, 1, 2, 3, 4, 5, 16, 38)) {
      for (BigDecimal number : numbers(45, scale)) {
        String plain = number.toPlainString();
        ByteOut out = new ByteOut(16);
        NumericWriter.write(plain, out);
        Numeric numeric = new Numeric();
        numeric.read(ByteBuffer.wrap(out.bytes(), 0, out.length()));
        byte[] text = new byte[numeric.textLength()];
        int length = numeric.text(text);
        assertThat(new String(text, 0, length, StandardCharsets.US_ASCII)).isEqualTo(plain);
      }
    }
  }

  @Test
  void eachIsWrittenAsItsTextIs() {
    for (int scale : List.of(0, 1, 2, 3, 4, 5, 16, 38, 76)) {
      WideNumericWriter wide = new WideNumericWriter(scale);
      List<BigDecimal> numbers = numbers(38, scale);
      for (BigInteger odd : List.of(BigInteger.ZERO, BigInteger.ONE.shiftLeft(127).negate())) {
        numbers.add(new BigDecimal(odd, scale));
      }
      for (BigDecimal number : numbers) {
        ByteOut plain = new ByteOut(16);
        NumericWriter.write(number.toPlainString(), plain);
        BigInteger unscaled = number.unscaledValue();
        ByteOut out = new ByteOut(16);
        wide.write(unscaled.shiftRight(64).longValue(), unscaled.longValue(), out);
        assertThat(out.copy()).as("%s", number).isEqualTo(plain.copy());
        if (unscaled.bitLength() < 64 && NumericWriter.isSmall(unscaled.longValue(), scale)) {
          out.clear();
          NumericWriter.writeSmall(unscaled.longValue(), scale, out);
          assertThat(out.copy()).as("%s", number).isEqualTo(plain.copy());
        }
      }
    }
  }
}
