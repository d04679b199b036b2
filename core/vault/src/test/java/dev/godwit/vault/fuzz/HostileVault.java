package dev.godwit.vault.fuzz;

import com.github.luben.zstd.Zstd;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.Vault;
import dev.godwit.vault.audit.Actor;
import dev.godwit.vault.audit.AuditSeal;
import dev.godwit.vault.audit.AuditTrail;
import dev.godwit.vault.block.BlockBuffer;
import dev.godwit.vault.block.BlockDecoder;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockOpener;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.FrameSource;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.VaultFile;
import dev.godwit.vault.index.IndexSegment;
import dev.godwit.vault.index.SegmentOpener;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.volume.VolumeTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.RootAllocator;

/**
 * Reads what a hostile place may hold. The first byte of an input says which reader, the others are
 * the file. Checksums, hashes and names are made right first, so that an input gets past them, as
 * one by whoever holds the place would; other than a documented error nothing may come out.
 */
public final class HostileVault {
  private static final String VAULT = "0123456789abcdef0123456789abcdef";
  private static final int MOST_MEMORY = 64 << 20;
  private static final int HEADER = 40;
  private static final Set<ExitCode> DOCUMENTED =
      EnumSet.of(ExitCode.DAMAGED, ExitCode.TOO_NEW, ExitCode.FAILED);

  private HostileVault() {}

  /** The readers, by the first byte of an input. */
  enum Reader {
    /** A volume's table, and the blocks that it names. */
    VOLUME {
      @Override
      void read(byte[] file, MemoryStorage storage) throws Exception {
        readVolume(file, storage);
      }
    },
    /** The uncompressed bytes of a block. */
    BLOCK {
      @Override
      void read(byte[] file, MemoryStorage storage) throws Exception {
        readBlock(file);
      }
    },
    /** A manifest. */
    MANIFEST {
      @Override
      void read(byte[] file, MemoryStorage storage) {
        storage.createIfAbsent(
            "snapshots/20261121T220000.000Z-" + Hash.of(file).substring(0, 16) + ".json", file);
        new Snapshots(VaultFiles.plain(storage)).all().forEach(HostileVault::use);
      }
    },
    /** The text of a snapshot's contents. */
    CONTENTS {
      @Override
      void read(byte[] file, MemoryStorage storage) {
        readSnapshot(list(Zstd.compress(file), storage), null, storage);
      }
    },
    /** The text of a snapshot's objects. */
    OBJECTS {
      @Override
      void read(byte[] file, MemoryStorage storage) {
        byte[] none = "{\"list\":\"contents\",\"format\":1}\n".getBytes(StandardCharsets.UTF_8);
        String contents = list(Zstd.compress(none), storage);
        readSnapshot(contents, list(Zstd.compress(file), storage), storage);
      }
    },
    /** The stored bytes of a list. */
    LIST {
      @Override
      void read(byte[] file, MemoryStorage storage) {
        readSnapshot(list(file, storage), null, storage);
      }
    },
    /** What comes before the checksum of vault.json. */
    VAULT_FILE {
      @Override
      void read(byte[] file, MemoryStorage storage) {
        byte[] seal =
            (",\n  \"checksum\" : \"" + Hash.of(file) + "\"\n}\n").getBytes(StandardCharsets.UTF_8);
        storage.createIfAbsent(Layout.VAULT, concat(file, seal));
        VaultFile read = VaultFile.read(storage);
        if (!read.id().matches("[0-9a-f]{32}")) {
          throw new IllegalStateException("the id " + read.id());
        }
      }
    },
    /** An index segment. */
    INDEX {
      @Override
      void read(byte[] file, MemoryStorage storage) throws Exception {
        readIndex(file, storage);
      }
    },
    /** A record of the audit. */
    AUDIT {
      @Override
      void read(byte[] file, MemoryStorage storage) {
        storage.createIfAbsent("audit/" + VAULT + "/0000000001-" + Hash.of(file) + ".json", file);
        AuditSeal seal = AuditSeal.plain(VAULT, new Actor("u", "h", 1));
        new AuditTrail(storage, VAULT, seal)
            .read(List.of())
            .entries()
            .forEach(entry -> entry.record().what().values().forEach(HostileVault::use));
      }
    },
    /** A tar of a vault's folder. */
    TAR {
      @Override
      void read(byte[] file, MemoryStorage storage) throws Exception {
        HostileTar.read(file);
      }
    };

    abstract void read(byte[] file, MemoryStorage storage) throws Exception;
  }

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    Reader[] readers = Reader.values();
    Reader reader = readers[(input[0] & 0xFF) % readers.length];
    try {
      reader.read(Arrays.copyOfRange(input, 1, input.length), new MemoryStorage());
    } catch (DamagedBlockException e) {
      // Documented.
    } catch (GodwitException e) {
      if (!DOCUMENTED.contains(e.exitCode())) {
        throw e;
      }
    }
  }

  private static void use(Object read) {
    if (read.toString().isEmpty() && !(read instanceof String)) {
      throw new IllegalStateException("nothing was read");
    }
  }

  private static byte[] concat(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }

  private static String list(byte[] stored, MemoryStorage storage) {
    String id = Hash.of(stored);
    storage.createIfAbsent(Layout.list(id), stored);
    return id;
  }

  private static int crc(ByteBuffer bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(length));
    return (int) crc.getValue();
  }

  private static void readVolume(byte[] file, MemoryStorage storage) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    VolumeId id = VolumeId.parse(VAULT);
    if (file.length >= HEADER + 60) {
      id = VolumeId.from(bytes.duplicate().position(20));
      bytes.putInt(36, crc(bytes, 36));
      long footerAt = bytes.getLong(file.length - 20);
      if (footerAt >= 0 && footerAt <= file.length - 20) {
        ByteBuffer footer =
            bytes
                .slice((int) footerAt, file.length - (int) footerAt)
                .order(ByteOrder.LITTLE_ENDIAN);
        int length = footer.remaining();
        footer.putInt(length - 12, crc(footer, length - 12));
      }
    }
    String path = Layout.volume(id);
    storage.createIfAbsent(path, file);
    VolumeTable table = VolumeTable.read(VaultFiles.plain(storage), id, file.length);
    try (RootAllocator allocator = new RootAllocator(MOST_MEMORY);
        BlockBuffer raw = new BlockBuffer(allocator);
        BlockDecoder decoder = new BlockDecoder(allocator);
        BlockOpener opener = new BlockOpener(FrameSource.plain())) {
      for (int i = 0; i < Math.min(table.size(), 16); i++) {
        BlockRef ref = table.block(i);
        boolean unused = table.holds(ref);
        if (ref.offset() + ref.length() > file.length) {
          continue;
        }
        ByteBuffer frame = ByteBuffer.allocateDirect(ref.length());
        frame.put(file, (int) ref.offset(), ref.length()).flip();
        decoder.release();
        opener.open(ref, frame, raw);
        decode(decoder, raw, ref.rawLength());
      }
    }
  }

  private static void readBlock(byte[] block) throws Exception {
    try (RootAllocator allocator = new RootAllocator(MOST_MEMORY);
        BlockBuffer raw = new BlockBuffer(allocator);
        BlockDecoder decoder = new BlockDecoder(allocator)) {
      raw.atLeast(Math.max(1, block.length));
      raw.view().put(0, block);
      decode(decoder, raw, block.length);
    }
  }

  private static void decode(BlockDecoder decoder, BlockBuffer raw, int length)
      throws DamagedBlockException {
    try {
      int unused = decoder.piece(raw, length).remaining();
    } catch (DamagedBlockException e) {
      int unused = decoder.batch(raw, length).rowCount();
    }
  }

  private static void readIndex(byte[] file, MemoryStorage storage) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length >= 28) {
      bytes.putInt(file.length - 12, crc(bytes, file.length - 28));
    }
    String path = "index/" + VAULT + ".gwi";
    storage.createIfAbsent(path, file);
    IndexSegment segment =
        new SegmentOpener(VaultFiles.plain(storage), List.of())
            .open(new StoredFile(path, file.length, Instant.EPOCH))
            .segment();
    for (int at = 16; at + 32 <= Math.min(file.length, 4096); at += 64) {
      segment.find(BlockId.from(bytes.position(at))).forEach(HostileVault::use);
    }
  }

  private static void readSnapshot(String contents, String objects, MemoryStorage storage) {
    createVault(storage);
    String manifest =
        "{\"format\":1,\"kind\":\"FULL\",\"source\":{\"id\":\"s\",\"database\":\"d\",\"address\":\"a\"},"
            + "\"origin\":{\"engine\":\"e\",\"version\":\"1\",\"identity\":\"i\"},\"scope\":\"\",\"complete\":true,"
            + "\"leftOut\":[],\"point\":{\"guarantee\":\"SNAPSHOT\",\"token\":\"\"},"
            + "\"started\":\"2026-11-21T22:00:00Z\",\"finished\":\"2026-11-21T22:00:00Z\",\"tags\":[],"
            + "\"totals\":{\"datasets\":"
            + (objects == null ? 1 : 0)
            + ",\"rows\":0,\"bytes\":0,\"blocks\":0,\"newBytes\":0},\"notCarried\":{},"
            + "\"contents\":\""
            + contents
            + '"'
            + (objects == null ? "" : ",\"objects\":\"" + objects + '"')
            + ",\"writer\":\"w\"}";
    byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
    storage.createIfAbsent(
        "snapshots/20261121T220000.000Z-" + Hash.of(bytes).substring(0, 16) + ".json", bytes);
    try (RootAllocator allocator = new RootAllocator(MOST_MEMORY);
        Vault vault = Vault.open(storage)) {
      PluginContext context = new PluginContext(allocator, new Cancellation(), warning -> {}, 1);
      try (ExtractRun run = vault.read(vault.snapshots().get(0), context)) {
        try (Stream<?> all = run.catalogue().objects()) {
          all.forEach(HostileVault::use);
        }
        try (Stream<Dataset> datasets = run.catalogue().datasets()) {
          datasets.forEach(dataset -> read(run, dataset));
        }
      }
    }
  }

  /** A vault with nothing in it but what is about to be put there. */
  private static void createVault(MemoryStorage storage) {
    byte[] file = new VaultFile(VAULT, Instant.EPOCH, 1 << 20, 64, Optional.empty()).bytes();
    storage.createIfAbsent(Layout.VAULT, file);
  }

  private static void read(ExtractRun run, Dataset dataset) {
    if (run.reading() instanceof Reading.Partitioned reading) {
      int seen = 0;
      for (Iterator<Partition> i = reading.partitions(dataset); i.hasNext() && seen < 8; seen++) {
        Partition partition = i.next();
        try (RecordReader reader = reading.open(dataset, partition)) {
          while (reader.next() != null) {
            // No volume is there; the lists alone decide how it ends.
          }
        }
      }
    }
  }
}
