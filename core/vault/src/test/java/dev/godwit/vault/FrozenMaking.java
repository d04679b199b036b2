package dev.godwit.vault;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.store.Secret;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowReader;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.testkit.sample.RandomRows;
import dev.godwit.vault.archive.TarExport;
import dev.godwit.vault.audit.AuditLog;
import dev.godwit.vault.key.Identity;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.NewEncryption;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.FolderCopy;
import dev.godwit.vault.testing.Orders;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Makes a vault that has everything a vault can hold: rows of every kind with misfits and a large
 * value, lists of their own and within the contents, definitions, blocks that snapshots share, a
 * snapshot that is not complete, moved blocks, a pin, an audit; and, as it is while a backup runs
 * beside a prune, a lock, a mark that waits for it, and what that backup has stored by then.
 */
final class FrozenMaking {
  static final String PASSPHRASE = "bar-tailed";

  private static final VolumeLimits LIMITS = new VolumeLimits(16 << 10, 64);
  private static final int ROWS = 400;
  private static final String ORDERS = "shop.public.orders";

  private final Bench bench;

  FrozenMaking(Bench bench) {
    this.bench = bench;
  }

  /** A plain vault. */
  void plain(Path into, Path scratch) throws IOException {
    Files.createDirectories(into);
    make(Vault.create(new LocalFolder(scratch), LIMITS), KeyRing.empty(), into, scratch);
  }

  /** An encrypted one, and beside it the files of keys. */
  void encrypted(Path into, Path scratch) throws IOException {
    Files.createDirectories(into);
    Identity identity = Identity.generate();
    identity.write(into.resolve("identity.txt"), LocalDate.of(2026, 11, 22));
    NewEncryption keys =
        new NewEncryption(
            List.of(identity.recipient()),
            Optional.of(Secret.of(PASSPHRASE)),
            key -> key.write(into.resolve("writer.key")));
    make(
        Vault.create(new LocalFolder(scratch), LIMITS, Optional.of(keys)),
        KeyRing.of(identity),
        into,
        scratch);
  }

  private void make(Vault made, KeyRing reading, Path into, Path scratch) throws IOException {
    try (Vault vault = made) {
      AuditLog audit = vault.audit().log("backup");
      audit.begin(new TreeMap<>(Map.of("source", "shop")));
      orders(vault, 0, 24);
      Manifest pinned = orders(vault, 5, 6);
      audit.end(
          new TreeMap<>(Map.of("snapshot", pinned.id())), 0, new TreeMap<>(Map.of("rows", 1L)));
      vault.prune(PruneBench.keepLast(1), bench.context);
      vault.pins().pin(pinned.id());
      everyKind(vault);
      orders(vault, 30, 34);
      orders(vault, 32, 35);
      Manifest last = partly(vault);
      try (Vault reader = Vault.open(new LocalFolder(scratch), reading);
          TarExport export = reader.export(last, bench.context);
          OutputStream out =
              Files.newOutputStream(into.resolve("snapshot.tar"), StandardOpenOption.CREATE_NEW)) {
        export.write(out, written -> {});
      }
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, "shop.public.unfinished", 1, 40, ROWS);
        vault.prune(PruneBench.keepLast(1), bench.context);
        FolderCopy.copy(scratch, into.resolve("vault"));
      }
    }
  }

  /** Some batches of orders, each in a partition of its own. */
  private Manifest orders(Vault vault, int from, int to) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop", "daily"), bench.context)) {
      for (int batch = from; batch < to; batch++) {
        bench.writeFrom(writer, ORDERS + batch, (long) batch * ROWS, 1, 1, ROWS);
      }
      bench.write(writer, "shop.public.many", 2, 6, 50); // lists of their own
      return Bench.seal(writer);
    }
  }

  private Manifest everyKind(Vault vault) {
    Schema schema = EveryKind.schema();
    SchemaObject object =
        new SchemaObject(
            "view:shop.public.all",
            "view",
            DatasetName.parse("shop.public.all"),
            "create view public.\"all\" as select 'é'",
            List.of(),
            SchemaObject.Phase.AFTER_DATA,
            List.of(),
            Map.of("since", "14"));
    SnapshotDraft draft = Bench.draft("kinds", List.of(object), "weekly");
    try (SnapshotWriter writer = vault.write(draft, bench.context)) {
      write(writer, "kinds.public.every", schema, new RandomRows(schema, 150, 20261122));
      byte[] large = new byte[(17 << 20) + 3]; // three pieces, the last of three bytes beyond
      large[8 << 20] = 1;
      write(
          writer,
          "kinds.public.large",
          Orders.SCHEMA,
          List.of(Row.of(1L, LargeBytes.held(large)), Row.of(2L, "small")).iterator());
      write(writer, "kinds.public.empty", schema, List.<Row>of().iterator());
      return Bench.seal(writer);
    }
  }

  private void write(SnapshotWriter writer, String name, Schema schema, Iterator<Row> rows) {
    Dataset dataset = Dataset.of(DatasetName.parse(name), "table", schema);
    writer.prepare(dataset);
    try (RecordWriter out = writer.open(dataset, Partition.whole(dataset.name()));
        RowReader reader = new RowReader(schema, rows, 60, bench.allocator, bench.cancellation)) {
      for (RecordItem item = reader.next(); item != null; item = reader.next()) {
        if (item instanceof LargeValue value) {
          out.write(value);
        } else if (item instanceof RecordBatch batch) {
          out.write(batch);
        }
      }
      out.commit();
    }
  }

  /** One of another source, which lacks a dataset. */
  private Manifest partly(Vault vault) {
    try (SnapshotWriter writer = vault.write(Bench.draft("store"), bench.context)) {
      bench.write(writer, ORDERS, 2, 7, 60);
      writer.leaveOut(DatasetName.parse("store.public.locked"), "permission denied");
      return Bench.seal(writer);
    }
  }
}
