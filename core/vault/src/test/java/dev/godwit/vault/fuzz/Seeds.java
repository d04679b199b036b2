package dev.godwit.vault.fuzz;

import com.github.luben.zstd.Zstd;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotWriter;
import dev.godwit.vault.Vault;
import dev.godwit.vault.archive.TarExport;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.fuzz.HostileVault.Reader;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.volume.VolumeTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a real vault holds, for each reader: from there a fuzzer finds its way. */
final class Seeds {
  private Seeds() {}

  /** An input for each reader, its first byte ahead of the file. */
  static Map<Reader, byte[]> make() throws Exception {
    Map<Reader, byte[]> seeds = new EnumMap<>(Reader.class);
    MemoryStorage storage = new MemoryStorage();
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage)) {
      SchemaObject index =
          new SchemaObject(
              "i",
              "index",
              DatasetName.parse("shop.orders_i"),
              "create index",
              List.of(),
              SchemaObject.Phase.AFTER_DATA,
              List.of(),
              Map.of());
      Manifest manifest;
      try (SnapshotWriter writer =
          vault.write(Bench.draft("shop", List.of(index), "tag"), bench.context)) {
        bench.write(writer, "shop.public.orders", 1, 2, 3);
        bench.write(writer, "shop.public.items", 1, 6, 2);
        manifest = Bench.seal(writer);
      }
      vault
          .audit()
          .log("backup")
          .end(new TreeMap<>(Map.of("k", "v")), 0, new TreeMap<>(Map.of("n", 1L)));
      StoredFile volume = first(storage, Layout.VOLUMES);
      byte[] bytes = bytes(storage, volume.path());
      seeds.put(Reader.VOLUME, bytes);
      BlockRef block =
          VolumeTable.read(
                  VaultFiles.plain(storage),
                  Layout.volumeAt(volume.path()).orElseThrow(),
                  volume.size())
              .block(0);
      int at = (int) block.offset();
      seeds.put(
          Reader.BLOCK,
          Zstd.decompress(Arrays.copyOfRange(bytes, at, at + block.length()), block.rawLength()));
      seeds.put(Reader.MANIFEST, bytes(storage, first(storage, Layout.SNAPSHOTS).path()));
      byte[] contents = bytes(storage, Layout.list(manifest.contents()));
      seeds.put(Reader.LIST, contents);
      seeds.put(Reader.CONTENTS, text(contents));
      seeds.put(
          Reader.OBJECTS, text(bytes(storage, Layout.list(manifest.objects().orElseThrow()))));
      String file = new String(bytes(storage, Layout.VAULT), StandardCharsets.UTF_8);
      seeds.put(
          Reader.VAULT_FILE,
          file.substring(0, file.indexOf(",\n  \"checksum\"")).getBytes(StandardCharsets.UTF_8));
      seeds.put(Reader.INDEX, bytes(storage, first(storage, Layout.INDEX).path()));
      seeds.put(Reader.AUDIT, bytes(storage, first(storage, Layout.AUDIT).path()));
      ByteArrayOutputStream tar = new ByteArrayOutputStream();
      try (TarExport export = vault.export(manifest, bench.context)) {
        export.write(tar, written -> {});
      }
      seeds.put(Reader.TAR, tar.toByteArray());
    }
    if (!seeds.keySet().equals(Set.of(Reader.values()))) {
      throw new IllegalStateException("seeds for " + seeds.keySet());
    }
    seeds.replaceAll(
        (reader, seed) ->
            ByteBuffer.allocate(1 + seed.length)
                .put((byte) List.of(Reader.values()).indexOf(reader))
                .put(seed)
                .array());
    return seeds;
  }

  private static StoredFile first(MemoryStorage storage, String folder) {
    try (Stream<StoredFile> files = storage.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static byte[] bytes(MemoryStorage storage, String path) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) storage.stat(path).size());
    storage.read(path, 0, bytes);
    return bytes.array();
  }

  private static byte[] text(byte[] list) throws IOException {
    try (var in =
        new com.github.luben.zstd.ZstdInputStreamNoFinalizer(
            new java.io.ByteArrayInputStream(list))) {
      return in.readAllBytes();
    }
  }
}
