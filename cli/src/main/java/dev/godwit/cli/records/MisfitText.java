package dev.godwit.cli.records;

import dev.godwit.spi.record.Misfit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A misfit as text: in the engine's own notation where that is text, else its bytes. */
final class MisfitText {
  private MisfitText() {}

  /** The notation, or {@code 0x} and hexadecimal digits where it is no plain text. */
  static String of(Misfit misfit) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(misfit.bytes())).toString();
      if (!text.isEmpty() && text.chars().noneMatch(c -> c < ' ')) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Not text: its bytes are shown.
    }
    return "0x" + HexFormat.of().formatHex(misfit.bytes());
  }
}
