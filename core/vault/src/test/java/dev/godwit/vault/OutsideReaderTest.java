package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No Godwit is needed to read a vault: zstd, dd, JSON and an Arrow reader are enough. */
class OutsideReaderTest {
  @TempDir Path folder;

  private static byte[] run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    byte[] printed = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return printed;
  }

  /** The first column of a sequence of Arrow streams. */
  private static List<Long> numbers(byte[] streams) throws IOException {
    List<Long> numbers = new ArrayList<>();
    ByteArrayInputStream in = new ByteArrayInputStream(streams);
    try (BufferAllocator allocator = new RootAllocator()) {
      while (in.available() > 0) {
        ArrowStreamReader reader = new ArrowStreamReader(in, allocator);
        while (reader.loadNextBatch()) {
          BigIntVector id = (BigIntVector) reader.getVectorSchemaRoot().getVector("id");
          for (int row = 0; row < id.getValueCount(); row++) {
            numbers.add(id.get(row));
          }
        }
        reader.close(false);
      }
    }
    return numbers;
  }

  @Test
  void zstdPrintsAVolumeAsArrowStreams() throws Exception {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder))) {
      bench.backUp(vault, "shop.public.orders", 3, 10);
    }
    List<Path> volumes;
    try (Stream<Path> files = Files.walk(folder)) {
      volumes = files.filter(file -> file.toString().endsWith(".gwv")).toList();
    }
    assertThat(volumes).hasSize(1);

    List<Long> numbers = numbers(run("zstd", "-dc", volumes.get(0).toString()));

    assertThat(numbers).hasSize(60).contains(0L, 59L).doesNotHaveDuplicates();
  }

  @Test
  void aTableOfTheOlderSnapshotIsTakenOut() throws Exception {
    Manifest older;
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder))) {
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, "shop.public.customers", 1, 10);
        bench.write(writer, "shop.public.orders", 2, 6, 10);
        older = Bench.seal(writer);
      }
      bench.backUp(vault, "shop.public.orders", 5, 20);
    }
    ObjectMapper json = new ObjectMapper();
    List<Path> manifests;
    try (Stream<Path> files = Files.list(folder.resolve("snapshots"))) {
      manifests = files.sorted().toList();
    }
    JsonNode manifest = json.readTree(manifests.get(0).toFile());
    assertThat(manifests).hasSize(2);
    assertThat(manifest.get("contents").asText()).isEqualTo(older.contents());

    List<Long> numbers = new ArrayList<>();
    boolean wanted = false;
    for (String line : list(manifest.get("contents").asText())) {
      JsonNode entry = json.readTree(line);
      if (entry.has("dataset")) {
        wanted =
            entry.get("dataset").get("name").toString().equals("[\"shop\",\"public\",\"orders\"]");
      } else if (wanted && entry.has("partition")) {
        assertThat(entry.get("partition").has("list")).isTrue();
        for (String block : list(entry.get("partition").get("list").asText())) {
          if (json.readTree(block).has("id")) {
            numbers.addAll(numbers(block(json.readTree(block))));
          }
        }
      }
    }

    assertThat(numbers).hasSize(120).isSorted().startsWith(0L).endsWith(119L);
  }

  private List<String> list(String id) throws Exception {
    Path file = folder.resolve("lists").resolve(id.substring(0, 2)).resolve(id);
    String text = new String(run("zstd", "-dc", file.toString()), StandardCharsets.UTF_8);
    return text.lines().toList();
  }

  private byte[] block(JsonNode block) throws Exception {
    String volume = block.get("volume").asText();
    Path file = folder.resolve("volumes").resolve(volume.substring(0, 2)).resolve(volume + ".gwv");
    String cut =
        "dd if='%s' bs=1 skip=%d count=%d 2>/dev/null | zstd -dc"
            .formatted(file, block.get("offset").asLong(), block.get("length").asInt());
    return run("sh", "-c", cut);
  }
}
