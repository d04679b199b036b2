package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.Misfit;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.util.MemoryUtil;

/** A misfit's bytes: the text of the whole value as the server would write it. */
final class MisfitText {
  private MisfitText() {}

  static byte[] of(Form form, Misfit.Kind kind, long address, int length) {
    byte[] value = new byte[length];
    MemoryUtil.copyFromMemory(address, value, 0, length);
    if (kind == Misfit.Kind.BAD_TEXT && form instanceof Form.Scalar scalar) {
      return switch (scalar) {
        case JSONB -> java.util.Arrays.copyOfRange(value, 1, length);
        case CHAR -> charText(value[0]);
        default -> value;
      };
    }
    ByteOut out = new ByteOut(length + 64);
    ValueText.write(form, ByteBuffer.wrap(value), out);
    return out.copy();
  }

  private static byte[] charText(byte value) {
    ByteOut out = new ByteOut(4);
    ValueText.write(Form.Scalar.CHAR, ByteBuffer.wrap(new byte[] {value}), out);
    return out.copy();
  }
}
