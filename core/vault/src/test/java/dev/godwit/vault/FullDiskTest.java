package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.ForwardingStorage;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A place that is full says so, and what was there before stays as it was. */
class FullDiskTest {
  @TempDir Path folder;

  /** A folder that takes only so many bytes more. */
  private static final class Quota extends ForwardingStorage {
    private long left;

    Quota(Storage below, long left) {
      super(below);
      this.left = left;
    }

    private synchronized void take(long bytes) throws IOException {
      if (bytes > left) {
        throw new IOException("No space left on device");
      }
      left -= bytes;
    }

    @Override
    public StorageWriter create(String path) throws IOException {
      StorageWriter writer = super.create(path);
      return new StorageWriter() {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
          take(bytes.remaining());
          writer.write(bytes);
        }

        @Override
        public void commit() throws IOException {
          writer.commit();
        }

        @Override
        public void abort() {
          writer.abort();
        }

        @Override
        public void close() {
          writer.close();
        }
      };
    }

    @Override
    public boolean createIfAbsent(String path, byte[] content) throws IOException {
      take(content.length);
      return super.createIfAbsent(path, content);
    }

    @Override
    public void replace(String path, byte[] content) throws IOException {
      take(content.length);
      super.replace(path, content);
    }
  }

  @Test
  void aFullDiskEndsTheRunAtAnyByte() {
    try (Bench bench = new Bench()) {
      Storage storage = new LocalFolder(folder);
      Manifest before;
      try (Vault vault = Vault.create(storage, new VolumeLimits(4 << 10, 100))) {
        before = bench.backUp(vault, "shop.public.orders", 1, 10);
      }
      boolean whole = false;
      int failed = 0;
      for (long room = 0; !whole; room += 1500) {
        try (Vault vault = Vault.open(new Quota(storage, room))) {
          GodwitException e =
              catchThrowableOfType(
                  GodwitException.class, () -> bench.backUp(vault, "shop.public.orders", 2, 200));
          whole = e == null;
          if (!whole) {
            failed++;
            assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(e).hasMessageContaining("No space left");
            assertThat(e.hint().orElseThrow()).contains("make room");
            assertThat(vault.snapshots()).containsExactly(before);
          }
          assertThat(bench.check(vault, true).damages()).isEmpty();
          assertThat(bench.read(vault, before)).hasSize(20);
        }
      }
      assertThat(failed).isGreaterThan(2);
    }
  }
}
