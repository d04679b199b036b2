package dev.godwit.testkit.row;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that are equal by content and shown in hexadecimal digits. */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Bytes(byte[] array) implements Comparable<Bytes> {
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** At most the first 40 bytes. */
  @Override
  public String toString() {
    String shown = HexFormat.of().formatHex(array, 0, Math.min(array.length, 40));
    return array.length > 40 ? shown + "... (" + array.length + " bytes)" : shown;
  }
}
