package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.LargeValue;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
  /** A jsonb of the most bytes that stay in a row has its version before them. */
  @Test
  void aFieldOfAStreamHasRoomForAllItsBytes() throws IOException {
    int length = LargeValue.THRESHOLD + 1;
    GivenData data = new GivenData(List.of(new byte[length]), true);
    data.next();
    try (BufferAllocator allocator = new RootAllocator();
        MessageReader message = new MessageReader(allocator)) {
      message.begin(data);
      message.take(length);
      assertThat(allocator.getAllocatedMemory()).isGreaterThanOrEqualTo(length);
    }
  }
}
