package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.store.Secret;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowCollector;
import dev.godwit.vault.archive.TarImport;
import dev.godwit.vault.audit.AuditReport;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.key.Identity;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.WriterKey;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.FolderCopy;
import dev.godwit.vault.testing.PruneBench;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Vaults that were made when a version of the formats was frozen are read for ever: they lie in
 * {@code src/test/resources/frozen}, with what was in them as text. A new version gets new ones,
 * with {@code -Dgodwit.freeze=<folder>}, which writes over nothing; those that are there are never
 * made again.
 */
class FrozenVaultTest {
  private static final Path FROZEN = Path.of("src/test/resources/frozen/v1");

  @TempDir Path folder;
  private final Bench bench = new Bench();

  @BeforeEach
  void take() throws IOException {
    String freeze = System.getProperty("godwit.freeze");
    if (freeze != null) {
      freeze(Path.of(freeze));
    }
    FolderCopy.copy(FROZEN, folder.resolve("v1"));
    for (String secret : List.of("encrypted/identity.txt", "encrypted/writer.key")) {
      Files.setPosixFilePermissions(at(secret), PosixFilePermissions.fromString("rw-------"));
    }
    for (String vault : List.of("plain", "encrypted")) {
      for (String lock : PruneBench.files(at(vault + "/vault"), "locks")) {
        // Whoever held it is long gone.
        Path file = at(vault + "/vault").resolve(lock);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-22T00:00:00Z")));
      }
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void freeze(Path into) throws IOException {
    FrozenMaking making = new FrozenMaking(bench);
    making.plain(into.resolve("plain"), folder.resolve("plain"));
    making.encrypted(into.resolve("encrypted"), folder.resolve("encrypted"));
    try (Vault plain = Vault.open(new LocalFolder(into.resolve("plain/vault")));
        Vault encrypted =
            Vault.open(
                new LocalFolder(into.resolve("encrypted/vault")),
                KeyRing.of(Identity.read(into.resolve("encrypted/identity.txt"))))) {
      Files.write(into.resolve("plain/expected.txt"), describe(plain));
      Files.write(into.resolve("encrypted/expected.txt"), describe(encrypted));
    }
  }

  private Path at(String path) {
    return folder.resolve("v1").resolve(path);
  }

  private Vault plain() {
    return Vault.open(new LocalFolder(at("plain/vault")));
  }

  private Vault encrypted(KeyRing ring) {
    return Vault.open(new LocalFolder(at("encrypted/vault")), ring);
  }

  private KeyRing identity() {
    return KeyRing.of(Identity.read(at("encrypted/identity.txt")));
  }

  private KeyRing writer() {
    return KeyRing.of(WriterKey.read(at("encrypted/writer.key")));
  }

  /** All that a vault's snapshots say, and every row. */
  private List<String> describe(Vault vault) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Manifest manifest : vault.snapshots()) {
      lines.add(head(manifest));
      try (ExtractRun run = vault.read(manifest, bench.context)) {
        try (Stream<SchemaObject> objects = run.catalogue().objects()) {
          objects.forEach(
              o -> lines.add("object %s: %s %s".formatted(o.id(), o.definition(), o.attributes())));
        }
        List<Dataset> datasets;
        try (Stream<Dataset> all = run.catalogue().datasets()) {
          datasets = all.toList();
        }
        for (Dataset dataset : datasets) {
          lines.add("dataset " + dataset.name() + " " + columns(dataset));
          describe((Reading.Partitioned) run.reading(), dataset, lines);
        }
        run.conclude();
      }
    }
    return lines;
  }

  private static String head(Manifest manifest) {
    return "snapshot %s of %s, %s to %s, point %s, tags %s, complete %s without %s, %s rows"
        .formatted(
            manifest.id(),
            manifest.source().id(),
            manifest.started(),
            manifest.finished(),
            manifest.point().token(),
            manifest.tags(),
            manifest.complete(),
            manifest.leftOut().stream().map(out -> out.dataset() + ": " + out.reason()).toList(),
            manifest.totals().rows());
  }

  private static List<String> columns(Dataset dataset) {
    return dataset.schema().getFields().stream()
        .map(field -> field.getName() + ' ' + field.getMetadata().get("godwit.native"))
        .toList();
  }

  private static void describe(Reading.Partitioned reading, Dataset dataset, List<String> lines) {
    RowCollector collector = new RowCollector(LargeBytes::measured);
    int count = 0;
    StringBuilder all = new StringBuilder();
    for (Iterator<Partition> i = reading.partitions(dataset); i.hasNext(); ) {
      try (RecordReader reader = reading.open(dataset, i.next())) {
        for (RecordItem item = reader.next(); item != null; item = reader.next()) {
          for (Row row : collector.collect(item)) {
            all.append(row.values()).append('\n');
            if (count++ < 5) {
              // So that a person sees what is there; all rows are in the hash.
              lines.add("  " + row.values().toString().replace("\n", "\\n").replace("\r", "\\r"));
            }
          }
        }
      }
    }
    lines.add("  rows " + count + " " + Hash.of(all.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private void isAsItWas(Vault vault, String kind) throws IOException {
    assertThat(String.join("\n", describe(vault)) + '\n')
        .isEqualTo(Files.readString(at(kind + "/expected.txt")));
    CheckReport check = bench.check(vault, true);
    assertThat(check.damages()).isEmpty();
    AuditReport audit = vault.audit().read(List.of());
    assertThat(audit.damages()).isEmpty();
    assertThat(audit.entries()).isNotEmpty();
  }

  @Test
  void aPlainVaultIsRead() throws IOException {
    try (Vault vault = plain()) {
      isAsItWas(vault, "plain");
    }
  }

  @Test
  void anEncryptedVaultIsReadWithAnIdentity() throws IOException {
    try (Vault vault = encrypted(identity())) {
      isAsItWas(vault, "encrypted");
    }
  }

  @Test
  void anEncryptedVaultIsReadWithAPassphrase() throws IOException {
    try (Vault vault = encrypted(KeyRing.of(Secret.of(FrozenMaking.PASSPHRASE)))) {
      isAsItWas(vault, "encrypted");
    }
  }

  @Test
  void aWriterGoesOnInBoth() throws IOException {
    goesOn(plain(), plain());
    goesOn(encrypted(writer()), encrypted(identity()));
  }

  /** The same rows give the same blocks, and what is no longer needed is removed. */
  private void goesOn(Vault open, Vault reading) throws IOException {
    try (Vault vault = open;
        Vault reader = reading) {
      try (SnapshotWriter writer = vault.write(Bench.draft("store"), bench.context)) {
        bench.write(writer, "shop.public.orders", 2, 7, 60);
        assertThat(Bench.seal(writer).totals().newBytes()).isZero();
      }
      List<Manifest> before = reader.snapshots();
      vault.prune(PruneBench.keepLast(1), bench.context);
      vault.prune(PruneBench.keepLast(1), bench.context);
      // The one that is not complete is older than a complete one of its source by now.
      assertThat(reader.snapshots()).isEqualTo(before.stream().filter(Manifest::complete).toList());
      CheckReport check = bench.check(reader, true);
      assertThat(check.damages()).isEmpty();
    }
  }

  @Test
  void aTarIsRead() throws IOException {
    Path vault = unpack("plain");
    try (Vault open = Vault.open(new LocalFolder(vault))) {
      isTheTar(open, "plain");
    }
    Path sealed = unpack("encrypted");
    try (Vault open = Vault.open(new LocalFolder(sealed), identity().toReadCopy())) {
      isTheTar(open, "encrypted");
    }
  }

  private Path unpack(String kind) throws IOException {
    Path into = Files.createDirectory(folder.resolve(kind + "-unpacked"));
    try (InputStream in = Files.newInputStream(at(kind + "/snapshot.tar"))) {
      return new TarImport("snapshot.tar", bench.cancellation, read -> {}).unpack(in, into);
    }
  }

  private void isTheTar(Vault vault, String kind) throws IOException {
    List<String> rows = describe(vault);
    assertThat(rows.subList(1, rows.size())).isNotEmpty();
    assertThat(Files.readAllLines(at(kind + "/expected.txt")))
        .containsSequence(rows.subList(1, rows.size()));
    assertThat(bench.check(vault, true).damages()).isEmpty();
  }
}
