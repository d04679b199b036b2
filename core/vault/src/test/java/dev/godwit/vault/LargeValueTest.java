package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Orders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeValueTest {
  private static final Dataset PICTURES = Orders.dataset("shop.public.pictures");

  @TempDir Path folder;

  /** So many bytes that do not compress, never held whole. */
  private static InputStream random(long seed, long length) {
    return new InputStream() {
      private final Random random = new Random(seed);
      private long left = length;

      @Override
      public int read() {
        return left-- > 0 ? random.nextInt() & 0xFF : -1;
      }

      @Override
      public int read(byte[] into, int from, int count) {
        if (left <= 0) {
          return -1;
        }
        byte[] bytes = new byte[(int) Math.min(Math.min(count, left), 4096)];
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, into, from, bytes.length);
        left -= bytes.length;
        return bytes.length;
      }
    };
  }

  private static byte[] sha256(InputStream bytes) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream in = new DigestInputStream(bytes, digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Manifest backUp(Bench bench, Vault vault, long... lengths) throws IOException {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      writer.prepare(PICTURES);
      try (RecordWriter out = writer.open(PICTURES, Partition.whole(PICTURES.name()))) {
        for (int i = 0; i < lengths.length; i++) {
          out.write(new LargeValue(random(i, lengths[i])));
          LargeReference reference =
              new LargeReference(1, 1, lengths[i], sha256(random(i, lengths[i])));
          try (VectorSchemaRoot root = Orders.batch(bench.allocator, 10L * i, 3).rows()) {
            out.write(new RecordBatch(root, List.of(), List.of(reference)));
          }
        }
        out.commit();
      }
      return Bench.seal(writer);
    }
  }

  @Test
  void comesBackAsAStreamAheadOfItsBatch() throws IOException {
    long[] lengths = {40L << 20, (8 << 20) + 1, 16 << 20, 0};
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder))) {
      Manifest manifest = backUp(bench, vault, lengths);
      assertThat(manifest.totals().blocks()).isEqualTo(5 + 2 + 2 + 1 + 4);
      long heldBefore = bench.allocator.getPeakMemoryAllocation();
      assertThat(heldBefore).isLessThan(100L << 20);

      try (ExtractRun run = vault.read(manifest, bench.context)) {
        Reading.Partitioned reading = (Reading.Partitioned) run.reading();
        try (RecordReader reader = reading.open(PICTURES, Partition.whole(PICTURES.name()))) {
          for (long length : lengths) {
            LargeValue value = (LargeValue) reader.next();
            byte[] hash = sha256(value.bytes());
            RecordBatch batch = (RecordBatch) reader.next();
            LargeReference reference = batch.largeAt(1, 1);
            assertThat(reference.length()).isEqualTo(length);
            assertThat(reference.sha256()).isEqualTo(hash);
          }
          assertThat(reader.next()).isNull();
        }
      }
      assertThat(bench.check(vault, true).damages()).isEmpty();
    }
  }

  @Test
  void whatIsLeftUnreadIsSkipped() throws IOException {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder))) {
      Manifest manifest = backUp(bench, vault, 20L << 20, 9L << 20);
      try (ExtractRun run = vault.read(manifest, bench.context)) {
        Reading.Partitioned reading = (Reading.Partitioned) run.reading();
        try (RecordReader reader = reading.open(PICTURES, Partition.whole(PICTURES.name()))) {
          LargeValue first = (LargeValue) reader.next();
          assertThat(first.bytes().read()).isNotNegative();
          RecordItem batch = reader.next();
          assertThat(batch).isInstanceOf(RecordBatch.class);
          assertThatThrownBy(() -> first.bytes().read()).isInstanceOf(IOException.class);
          assertThat(reader.next()).isInstanceOf(LargeValue.class);
        }
      }
    }
  }

  @Test
  void theSameValueIsStoredOnce() throws IOException {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder))) {
      backUp(bench, vault, 20L << 20);
      assertThat(backUp(bench, vault, 20L << 20).totals().newBytes()).isZero();
    }
  }

  @Test
  void aReferenceWithoutItsValueIsRefused() {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder));
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      writer.prepare(PICTURES);
      try (RecordWriter out = writer.open(PICTURES, Partition.whole(PICTURES.name()));
          VectorSchemaRoot root = Orders.batch(bench.allocator, 1, 3).rows()) {
        LargeReference reference = new LargeReference(1, 1, 9 << 20, new byte[32]);
        RecordBatch batch = new RecordBatch(root, List.of(), List.of(reference));
        assertThatThrownBy(() -> out.write(batch)).isInstanceOf(IllegalStateException.class);
      }
    }
  }
}
