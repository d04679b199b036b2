package dev.godwit.vault.moved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table comes back as it was written, and any byte that is bent is found. */
class MovedTableTest {
  private static final VolumeId OLD = VolumeId.random();
  private static final VolumeId ONE = VolumeId.random();
  private static final VolumeId TWO = VolumeId.random();

  private static BlockRef ref(VolumeId volume, long offset, int crc) {
    return new BlockRef(new BlockId(1, 2, 3, crc), volume, offset, 10, 40, 5, BlockKind.BATCH, crc);
  }

  private static byte[] written() {
    return MovedTable.of(
            OLD,
            List.of(
                new MovedTable.Move(40, ref(ONE, 400, 1)),
                new MovedTable.Move(90, ref(TWO, 40, 2))))
        .bytes()
        .array();
  }

  @Test
  void eachBlockIsFound() throws DamagedBlockException {
    MovedTable table = MovedTable.parse(OLD, written());
    assertThat(table.find(ref(OLD, 40, 1))).contains(ref(ONE, 400, 1));
    assertThat(table.find(ref(OLD, 90, 2))).contains(ref(TWO, 40, 2));
    assertThat(table.find(ref(OLD, 50, 2))).isEmpty();
    assertThat(table.find(ref(OLD, 90, 3))).as("another frame").isEmpty();
    assertThat(table.volumes()).containsExactly(ONE, TWO);
    assertThat(table.bytes().array()).isEqualTo(written());
  }

  @Test
  void everyBitThatIsBentIsFound() {
    byte[] bytes = written();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] bent = bytes.clone();
      bent[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> MovedTable.parse(OLD, bent))
          .as("bit %d", bit)
          .isInstanceOf(DamagedBlockException.class);
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> MovedTable.parse(OLD, cut))
          .isInstanceOf(DamagedBlockException.class);
    }
    assertThatThrownBy(() -> MovedTable.parse(ONE, bytes))
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("another volume");
  }
}
