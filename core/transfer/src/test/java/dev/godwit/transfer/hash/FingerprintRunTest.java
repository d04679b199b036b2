package dev.godwit.transfer.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.memory.MemoryServer;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Samples;
import dev.godwit.testkit.memory.Shape;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.testkit.sample.GeneratedBytes;
import java.util.List;
import java.util.SortedMap;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class FingerprintRunTest {
  private static SortedMap<DatasetName, Fingerprint> read(
      MemoryServer server, MemoryStore store, String options, int jobs) {
    StoreUri uri = StoreUri.parse(server.uri(store) + options);
    try (RootAllocator allocator = new RootAllocator();
        Extractor extractor =
            server
                .reading()
                .open(
                    new StoreAddress(
                        uri, Options.bind(server.reading().options(), uri), PasswordSource.NONE),
                    new PluginContext(allocator, new Cancellation(), w -> {}, jobs));
        ExtractRun run =
            extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL))) {
      return FingerprintRun.of(run, jobs, new Cancellation());
    }
  }

  @Test
  void isTheSameHoweverTheRunIsDivided() {
    try (MemoryServer server = new MemoryServer()) {
      MemoryStore store = Samples.fill(server.create(Shape.TYPED));
      SortedMap<DatasetName, Fingerprint> whole = read(server, store, "", 1);
      assertThat(whole.keySet())
          .containsExactlyInAnyOrderElementsOf(Samples.counts(store).keySet());
      whole.forEach(
          (name, print) -> assertThat(print.rows()).isEqualTo(Samples.counts(store).get(name)));
      assertThat(read(server, store, "?partition-rows=9&batch-rows=4", 4)).isEqualTo(whole);
    }
  }

  @Test
  void anEmptyStoreHasNoFingerprints() {
    try (MemoryServer server = new MemoryServer()) {
      assertThat(read(server, server.create(Shape.TYPED), "", 1)).isEmpty();
    }
  }

  @Test
  void findsALargeValueThatIsNotTheOneItsRowRefersTo() {
    try (MemoryServer server = new MemoryServer()) {
      MemoryStore store = server.create(Shape.TYPED);
      Schema schema = new Schema(List.of(EveryKind.binary("data")));
      LargeBytes wrong =
          LargeBytes.generated(9 << 20, "00".repeat(32), () -> new GeneratedBytes(9 << 20));
      DatasetName name = DatasetName.of("pictures");
      store.put(Dataset.of(name, "table", schema), List.of(Row.of(wrong)));
      assertThatThrownBy(() -> read(server, store, "", 1))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("pictures");
    }
  }
}
