package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.Sha256;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Copying;
import dev.godwit.vault.testing.Orders;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What tests of copies from and into encrypted vaults have in common. */
final class SealedCopies implements AutoCloseable {
  static final String ORDERS = "shop.public.orders";
  static final CopyChoice ALL = new CopyChoice(List.of(), Optional.empty(), Optional.empty());
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);

  final Bench bench = new Bench(4);

  /** An encrypted vault of small volumes. */
  static SealedVault sealed() {
    MemoryStorage storage = new MemoryStorage();
    return new SealedVault(storage, keys -> Vault.create(storage, SMALL, Optional.of(keys)));
  }

  /** A vault, plain or encrypted, and how it is opened. */
  record Side(String name, Storage storage, Supplier<Vault> toWrite, Supplier<Vault> toRead) {
    static Side plain() {
      MemoryStorage storage = new MemoryStorage();
      Vault.create(storage, SMALL).close();
      return new Side("plain", storage, () -> Vault.open(storage), () -> Vault.open(storage));
    }

    static Side encrypted() {
      SealedVault sealed = sealed();
      return new Side("encrypted", sealed.storage, sealed::writer, sealed::reader);
    }

    static Side ofItsReader() {
      SealedVault sealed = sealed();
      return new Side("encrypted, by an identity", sealed.storage, sealed::reader, sealed::reader);
    }

    long bytes(String below) throws IOException {
      try (Stream<Storage.StoredFile> files = storage.list(below)) {
        return files.mapToLong(Storage.StoredFile::size).sum();
      }
    }

    List<String> paths(String below) throws IOException {
      try (Stream<Storage.StoredFile> files = storage.list(below)) {
        return files.map(Storage.StoredFile::path).sorted().toList();
      }
    }
  }

  /** Three snapshots of two sources, the first two nearly the same, with a large value. */
  List<Manifest> backUp(Side side) {
    List<Manifest> made = new ArrayList<>();
    try (Vault vault = side.toWrite().get()) {
      made.add(shop(vault, 6));
      made.add(shop(vault, 7));
      try (SnapshotWriter writer = vault.write(Bench.draft("store", "monthly"), bench.context)) {
        bench.write(writer, "shop.public.many", 2, 12, 300);
        pictures(writer);
        made.add(Bench.seal(writer));
      }
    }
    return made;
  }

  Manifest shop(Vault vault, int partitions) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, ORDERS, partitions, 1000);
      return Bench.seal(writer);
    }
  }

  private void pictures(SnapshotWriter writer) {
    Dataset pictures = Orders.dataset("shop.public.pictures");
    byte[] picture = new byte[70_000];
    new Random(1).nextBytes(picture);
    writer.prepare(pictures);
    try (RecordWriter out = writer.open(pictures, Partition.whole(pictures.name()))) {
      out.write(new LargeValue(new ByteArrayInputStream(picture)));
      byte[] hash = Sha256.begin().digest(picture);
      LargeReference reference = new LargeReference(1, 1, picture.length, hash);
      try (VectorSchemaRoot root = Orders.batch(bench.allocator, 1, 3).rows()) {
        out.write(new RecordBatch(root, List.of(), List.of(reference)));
      }
      out.commit();
    }
  }

  List<CopyStep> copy(Vault from, Vault to) {
    return Copying.of(bench, from, to, ALL);
  }

  List<CopyStep> copy(Side from, Side to) {
    try (Vault source = from.toRead().get();
        Vault target = to.toWrite().get()) {
      return copy(source, target);
    }
  }

  void requireSame(Side from, Side to, List<Manifest> made) {
    try (Vault source = from.toRead().get();
        Vault target = to.toRead().get()) {
      List<Manifest> copies = target.snapshots();
      assertThat(copies).hasSameSizeAs(made);
      for (int i = 0; i < made.size(); i++) {
        Manifest was = made.get(i);
        Manifest copy = copies.get(i);
        assertThat(copy.copiedFrom()).contains(new Manifest.Origin(source.id(), was.id()));
        assertThat(copy.finished()).isEqualTo(was.finished());
        assertThat(copy.scope()).isEqualTo(was.scope());
        assertThat(copy.tags()).isEqualTo(was.tags());
        assertThat(copy.totals().bytes()).isEqualTo(was.totals().bytes());
        assertThat(bench.read(target, copy)).isEqualTo(bench.read(source, was));
      }
      CheckReport report = bench.check(target, true);
      assertThat(report.damages()).isEmpty();
      assertThat(report.remarks()).isEmpty();
    }
  }

  @Override
  public void close() {
    bench.close();
  }
}
