package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an encrypted vault gives to whom. */
class EncryptedVaultTest {
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);

  private final MemoryStorage storage = new MemoryStorage();
  private final SealedVault sealed =
      new SealedVault(storage, keys -> Vault.create(storage, SMALL, Optional.of(keys)));
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Manifest backUp() {
    try (Vault vault = sealed.writer()) {
      return backUp(vault);
    }
  }

  /** Two partitions with lists of their own. */
  private Manifest backUp(Vault vault) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, "shop.public.orders", 2, 8, 1000);
      return Bench.seal(writer);
    }
  }

  private static void requireWrongKey(ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_KEY);
              assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
            });
  }

  @Test
  void rowsComeBackAsTheyWere() {
    Manifest written = backUp();
    List<String> plain;
    try (Vault vault = Vault.create(new MemoryStorage())) {
      plain = bench.read(vault, backUp(vault));
    }
    try (Vault vault = sealed.reader()) {
      Manifest read = vault.find(SnapshotChoice.LATEST);
      assertThat(read).isEqualTo(written);
      assertThat(bench.read(vault, read)).hasSize(16_000).isEqualTo(plain);
      CheckReport report = bench.check(vault, true);
      assertThat(report.damages()).isEmpty();
      assertThat(report.blocks()).isEqualTo(16);
    }
    assertThat(bench.warnings).isEmpty();
  }

  @Test
  void theSameAgainAddsNoBlockAndNoBlockList() throws IOException {
    Manifest first = backUp();
    int lists = sealed.paths("lists").size();
    assertThat(lists).as("contents, references, two of blocks").isEqualTo(4);
    Manifest second = backUp();
    assertThat(first.totals().newBytes()).isPositive();
    assertThat(second.totals().newBytes()).isZero();
    assertThat(second.totals()).isEqualTo(withNewBytes(first.totals(), 0));
    assertThat(sealed.paths("lists")).as("only the contents are new").hasSize(lists + 1);
    try (Vault vault = sealed.reader()) {
      assertThat(bench.read(vault, second)).isEqualTo(bench.read(vault, first));
    }
  }

  private static Manifest.Totals withNewBytes(Manifest.Totals totals, long newBytes) {
    return new Manifest.Totals(
        totals.datasets(), totals.rows(), totals.bytes(), totals.blocks(), newBytes);
  }

  @Test
  void whatAKilledRunStoredIsUsedAndALostIndexMadeAnew() throws IOException {
    try (Vault vault = sealed.writer()) {
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, "shop.public.orders", 2, 8, 1000);
      }
    }
    for (String path : sealed.paths("index")) {
      storage.delete(path);
    }
    assertThat(backUp().totals().newBytes()).isZero();
  }

  @Test
  void aWritersKeyShowsWhatTheWriterPlaneHolds() {
    Manifest manifest;
    try (Vault vault = sealed.writer()) {
      SnapshotDraft draft = Bench.draft("shop", "nightly");
      try (SnapshotWriter writer = vault.write(draft, bench.context)) {
        bench.write(writer, "shop.public.orders", 1, 10);
        manifest = Bench.seal(writer);
      }
      assertThat(vault.heads())
          .singleElement()
          .satisfies(
              head -> {
                assertThat(head.id()).isEqualTo(manifest.id());
                assertThat(head.source()).isEqualTo(manifest.source());
                assertThat(head.finished()).isEqualTo(manifest.finished());
                assertThat(head.complete()).isTrue();
                assertThat(head.tags()).containsExactly("nightly");
                assertThat(head.contents()).isEqualTo(manifest.contents());
                assertThat(head.references()).isPresent();
              });
    }
    try (Vault vault = sealed.reader()) {
      assertThat(vault.heads().get(0).scope()).hasSize(64);
    }
  }

  @Test
  void aWritersKeyReadsNothing() {
    Manifest manifest = backUp();
    try (Vault vault = sealed.writer()) {
      requireWrongKey(vault::requireReading);
      requireWrongKey(vault::snapshots);
      requireWrongKey(() -> vault.find(SnapshotChoice.LATEST));
      requireWrongKey(() -> bench.read(vault, manifest));
      requireWrongKey(() -> bench.check(vault, true));
    }
  }

  @Test
  void aWritersKeyChecksWhatItCan() throws IOException {
    Manifest manifest = backUp();
    try (Vault vault = sealed.writer()) {
      CheckReport report = bench.check(vault, false);
      assertThat(report.damages()).isEmpty();
      assertThat(report.snapshots()).isEqualTo(1);
      assertThat(report.blocks()).isEqualTo(16);
      assertThat(report.remarks()).singleElement().asString().contains("were not looked into");
      for (String path : sealed.paths("")) {
        byte[] bytes = sealed.bytes(path);
        if (path.startsWith("volumes") || path.startsWith("lists")) {
          storage.delete(path);
          assertThat(bench.check(vault, false).damages())
              .as(path)
              .anySatisfy(
                  damage -> {
                    assertThat(damage.file()).isEqualTo(path);
                    assertThat(damage.hits()).first().asString().startsWith(manifest.id());
                  });
          storage.createIfAbsent(path, bytes);
        }
      }
    }
  }

  @Test
  void noFileTellsAnythingOfTheSource() throws IOException {
    SchemaObject object =
        new SchemaObject(
            "table:public.orders",
            "table",
            DatasetName.of("public", "orders"),
            "create table orders (note text default 'secret')",
            List.of(),
            SchemaObject.Phase.BEFORE_DATA,
            List.of(DatasetName.parse("shop.public.orders")),
            Map.of());
    List<String> words =
        List.of("\"shop\"", "orders", "\"note\"", "bigint", "secret", "nightly", "memory");
    try (Vault vault = sealed.writer()) {
      SnapshotDraft draft = Bench.draft("shop", List.of(object), "nightly");
      try (SnapshotWriter writer = vault.write(draft, bench.context)) {
        requireSilent(words); // its lock lies there
        bench.write(writer, "shop.public.orders", 2, 10, 50);
        Bench.seal(writer);
      }
    }
    requireSilent(words);
    assertThat(sealed.paths("")).anyMatch(path -> path.startsWith("index/"));
  }

  private void requireSilent(List<String> words) throws IOException {
    for (String path : sealed.paths("")) {
      String text = path + ' ' + new String(sealed.bytes(path), StandardCharsets.ISO_8859_1);
      for (String word : words) {
        assertThat(text.contains(word)).as("%s in %s", word, path).isFalse();
      }
    }
  }
}
