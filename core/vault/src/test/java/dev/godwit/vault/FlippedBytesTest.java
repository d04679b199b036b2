package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlippedBytesTest {
  @TempDir Path folder;

  /** Each byte of each file once, one of its bits at a time in turn. */
  @Test
  void everyFlippedByteIsFound() throws IOException {
    LocalFolder storage = new LocalFolder(folder.resolve("vault"));
    try (Bench bench = new Bench(1)) {
      try (Vault vault = Vault.create(storage)) {
        SchemaObject object =
            new SchemaObject(
                "table:public.orders",
                "table",
                DatasetName.of("public", "orders"),
                "create table orders ()",
                List.of(),
                SchemaObject.Phase.BEFORE_DATA,
                List.of(DatasetName.parse("shop.public.orders")),
                Map.of());
        try (SnapshotWriter writer =
            vault.write(Bench.draft("shop", List.of(object)), bench.context)) {
          bench.write(writer, "shop.public.orders", 1, PartitionLine.INLINE + 1, 2);
          Bench.seal(writer);
        }
        assertThat(bench.check(vault, true).damages()).isEmpty();
        assertThat(bench.check(vault, true).remarks()).isEmpty();
      }
      List<String> unnoticed = new ArrayList<>();
      List<Path> files;
      try (Stream<Path> all = Files.walk(folder)) {
        files = all.filter(Files::isRegularFile).toList();
      }
      assertThat(files).hasSize(7);
      for (Path file : files) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] ^= (byte) (1 << i % 8);
          Files.write(file, bytes);
          if (!isFound(bench, storage, folder.resolve("vault").relativize(file).toString())) {
            unnoticed.add(file.getFileName() + " at " + i);
          }
          bytes[i] ^= (byte) (1 << i % 8);
        }
        Files.write(file, bytes);
      }
      assertThat(unnoticed).isEmpty();
    }
  }

  private static boolean isFound(Bench bench, LocalFolder storage, String path) {
    try (Vault vault = Vault.open(storage)) {
      return bench.check(vault, true).damages().stream().anyMatch(d -> d.file().equals(path));
    } catch (GodwitException e) {
      return e.exitCode() == ExitCode.DAMAGED && String.valueOf(e.getMessage()).startsWith(path);
    }
  }
}
