package dev.godwit.vault.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.block.VolumeId;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OpenVolumeTest {
  private boolean closed;

  @Test
  void aVolumeWhoseHeaderCannotBeWrittenIsGivenUp() {
    StorageWriter full =
        new StorageWriter() {
          @Override
          public void write(ByteBuffer bytes) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void commit() {}

          @Override
          public void abort() {}

          @Override
          public void close() {
            closed = true;
          }
        };
    Storage storage =
        (Storage)
            Proxy.newProxyInstance(
                Storage.class.getClassLoader(),
                new Class<?>[] {Storage.class},
                (proxy, method, arguments) -> full);
    assertThatThrownBy(() -> new OpenVolume(storage, new PlainVolumes(), VolumeId.random()))
        .isInstanceOf(IOException.class);
    assertThat(closed).isTrue();
  }
}
