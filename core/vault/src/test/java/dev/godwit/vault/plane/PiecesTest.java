package dev.godwit.vault.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.testing.SealedVault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pieces of a file come back in their order, all of them, and of this file only. */
class PiecesTest {
  private static final int PIECE = 1 << 20;

  private final MemoryStorage storage = new MemoryStorage();
  private final WriterKeys writer =
      new SealedVault(storage, keys -> Vault.create(storage, Optional.of(keys)))
          .files()
          .writing()
          .orElseThrow();
  private final List<PieceSeal> planes =
      List.of(PieceSeal.of(writer, Plane.LIST), PieceSeal.of(writer.newDataKey()));

  private static byte[] content(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static byte[] seal(PieceSeal seal, String what, byte[] content) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (OutputStream out = new PieceOutput(stored, seal, what)) {
      for (int at = 0; at < content.length; at += 70_001) {
        out.write(content, at, Math.min(70_001, content.length - at));
      }
    }
    return stored.toByteArray();
  }

  private static byte[] open(PieceSeal seal, String what, byte[] stored) throws IOException {
    try (InputStream in = new PieceInput(new ByteArrayInputStream(stored), seal, what)) {
      return in.readAllBytes();
    }
  }

  @Test
  void anyLengthComesBack() throws IOException {
    for (PieceSeal seal : planes) {
      for (int length : new int[] {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE}) {
        byte[] content = content(length);
        byte[] stored = seal(seal, "list blocks", content);
        assertThat(open(seal, "list blocks", stored)).isEqualTo(content);
        assertThat(stored.length).isLessThan(length + 40 * (length / PIECE + 1));
      }
    }
  }

  @Test
  void theWriterPlaneSealsTheSameToTheSame() throws IOException {
    byte[] content = content(PIECE + 5);
    assertThat(seal(planes.get(0), "a", content)).isEqualTo(seal(planes.get(0), "a", content));
    assertThat(seal(planes.get(1), "a", content)).isNotEqualTo(seal(planes.get(1), "a", content));
  }

  @Test
  void piecesThatAreSwappedRepeatedCutOrOfAnotherFileAreRefused() throws IOException {
    for (PieceSeal seal : planes) {
      byte[] stored = seal(seal, "list blocks", content(3 * PIECE));
      int one = stored.length / 3;
      byte[] swapped = stored.clone();
      System.arraycopy(stored, 0, swapped, one, one);
      System.arraycopy(stored, one, swapped, 0, one);
      byte[] repeated = stored.clone();
      System.arraycopy(stored, 0, repeated, one, one);
      byte[] withoutTheMiddle = Arrays.copyOf(stored, 2 * one);
      System.arraycopy(stored, 2 * one, withoutTheMiddle, one, one);
      byte[] ended = Arrays.copyOf(stored, one);
      ended[3] |= (byte) 0x80; // says that it is the last
      byte[] longer = Arrays.copyOf(stored, stored.length + one);
      List<byte[]> bent =
          List.of(swapped, repeated, withoutTheMiddle, ended, longer, Arrays.copyOf(stored, one));
      for (byte[] other : bent) {
        assertThatThrownBy(() -> open(seal, "list blocks", other))
            .as("%s", bent.indexOf(other))
            .isInstanceOf(BentFileException.class);
      }
      assertThatThrownBy(() -> open(seal, "list references", stored))
          .isInstanceOf(BentFileException.class);
    }
  }

  @Test
  void aLengthThatNobodyWroteTakesNoMemory() {
    byte[] stored = {-1, -1, -1, 0x7f, 0};
    assertThatThrownBy(() -> open(planes.get(0), "list blocks", stored))
        .isInstanceOf(BentFileException.class)
        .hasMessageContaining("which nobody sealed");
  }
}
