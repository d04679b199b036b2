package dev.godwit.vault.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.vault.testing.Wide;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  @Test
  void everyShapeComesBack() throws DamagedBlockException {
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot wide = Wide.of(allocator, 77);
        BlockEncoder encoder = new BlockEncoder(allocator, 1, BlockSeal.plain());
        BlockBuffer raw = new BlockBuffer(allocator);
        BlockOpener opener = new BlockOpener(FrameSource.plain());
        BlockDecoder decoder = new BlockDecoder(allocator)) {
      List<Misfit> misfits =
          List.of(
              new Misfit(1, 4, Misfit.Kind.NAN, new byte[] {7}),
              new Misfit(1, 7, Misfit.Kind.BAD_TEXT, new byte[0]),
              new Misfit(76, 0, Misfit.Kind.TYPE, new byte[] {1, 2, 3}));
      List<LargeReference> large = List.of(new LargeReference(4, 8, 9_000_000, new byte[32]));
      for (int round = 0; round < 3; round++) {
        boolean plain = round == 1; // a batch without side columns between two that have them
        RecordBatch batch = plain ? new RecordBatch(wide) : new RecordBatch(wide, misfits, large);
        encoder.encode(batch);
        try (Frame frame = encoder.seal()) {
          BlockRef ref = frame.at(VolumeId.random(), 40);
          BlockOpener.prove(ref, frame.bytes());
          decoder.release();
          int length = opener.open(ref, frame.bytes(), raw);
          BlockOpener.proveId(ref, raw, length, BlockIds.hashes());
          RecordBatch read = decoder.batch(raw, ref.rawLength());

          assertThat(read.misfits()).isEqualTo(plain ? List.of() : misfits);
          assertThat(read.large()).isEqualTo(plain ? List.of() : large);
          assertThat(read.rows().getSchema()).isEqualTo(PlainSchema.of(Wide.SCHEMA));
          requireSame(wide, read.rows());
        }
      }
    }
  }

  private static void requireSame(VectorSchemaRoot expected, VectorSchemaRoot read) {
    assertThat(read.getRowCount()).isEqualTo(expected.getRowCount());
    for (FieldVector column : expected.getFieldVectors()) {
      FieldVector other = read.getVector(column.getName());
      for (int row = 0; row < expected.getRowCount(); row++) {
        assertThat(other.getObject(row)).isEqualTo(column.getObject(row));
      }
    }
  }
}
