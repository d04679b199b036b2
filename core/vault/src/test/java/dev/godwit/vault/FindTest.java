package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.MeddlingStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which snapshot a choice means. */
class FindTest {
  @TempDir Path folder;

  private final Bench bench = new Bench();
  private Vault vault;

  @BeforeEach
  void makeVault() {
    vault = Vault.create(new LocalFolder(folder));
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  private Manifest backUp(String source, boolean whole, String... tags) {
    try (SnapshotWriter writer = vault.write(Bench.draft(source, tags), bench.context)) {
      bench.write(writer, "shop.public.orders", 2, 3);
      if (!whole) {
        bench.write(writer, "shop.public.items", 2, 3);
        writer.leaveOut(DatasetName.parse("shop.public.items"), "permission denied");
      }
      return Bench.seal(writer);
    }
  }

  private static SnapshotChoice choice(String which) {
    return new SnapshotChoice(which, Optional.empty());
  }

  private GodwitException failure(SnapshotChoice choice) {
    return catchThrowableOfType(GodwitException.class, () -> vault.find(choice));
  }

  @Test
  void oneThatAPruneRemovesMeanwhileIsNoDamage() {
    Manifest going = backUp("shop", true);
    Manifest left = backUp("shop", true);
    String path = ManifestFile.path(going);
    Storage folder = new LocalFolder(this.folder);
    Storage pruned =
        MeddlingStorage.of(
            folder,
            (operation, of) -> {
              if (operation.equals("read") && of.equals(path)) {
                folder.delete(path);
              }
            });
    try (Vault open = Vault.open(pruned)) {
      assertThat(open.snapshots()).containsExactly(left);
    }
  }

  @Test
  void latestIsTheNewestThatIsComplete() {
    backUp("shop", true);
    Manifest whole = backUp("shop", true);
    Manifest part = backUp("shop", false);

    assertThat(vault.find(SnapshotChoice.LATEST)).isEqualTo(whole);
    assertThat(part.complete()).isFalse();
    assertThat(part.leftOut())
        .isEqualTo(List.of(new Manifest.LeftOut("shop.public.items", "permission denied")));
    assertThat(vault.find(choice(part.id()))).isEqualTo(part);
    assertThat(bench.read(vault, part)).hasSize(12);
    assertThat(vault.snapshots())
        .hasSize(3)
        .isSortedAccordingTo(Comparator.comparing(Manifest::finished));
  }

  @Test
  void anIdMayBeShortened() {
    Manifest one = backUp("shop", true);
    assertThat(vault.find(choice(one.id().substring(0, 6)))).isEqualTo(one);
    assertThat(failure(choice(one.id().substring(0, 3))).exitCode()).isEqualTo(ExitCode.USAGE);
    GodwitException none = failure(choice("0123456789abcdef"));
    assertThat(none.exitCode()).isEqualTo(ExitCode.NO_SUCH);
    assertThat(none.hint().orElseThrow()).contains(one.id());
  }

  @Test
  void aTagFindsTheNewestThatHasIt() {
    Manifest tagged = backUp("shop", true, "release", "eve");
    backUp("shop", true);
    assertThat(vault.find(choice("tag:eve"))).isEqualTo(tagged);
    assertThat(failure(choice("tag:adam")).exitCode()).isEqualTo(ExitCode.NO_SUCH);
  }

  /** As a repair left it, beside the whole one that a copy brought back: the ids say nothing. */
  @Test
  void ofTwoOfOneMomentATagMeansTheWholeOne() throws IOException {
    Manifest whole = backUp("shop", true, "eve");
    Path file = folder.resolve(ManifestFile.path(whole));
    String text = Files.readString(file).replace("\"complete\" : true", "\"complete\" : false");
    String id = "";
    for (int added = 1; id.compareTo(whole.id()) <= 0; added++) {
      String part = text.replaceFirst("\"newBytes\" : \\d+", "\"newBytes\" : " + added);
      id = Hash.of(part.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
      if (id.compareTo(whole.id()) > 0) {
        String name = file.getFileName().toString().replace(whole.id(), id);
        Files.writeString(file.resolveSibling(name), part);
      }
    }
    assertThat(vault.find(choice(id)).complete()).isFalse();
    assertThat(vault.find(choice("tag:eve"))).isEqualTo(whole);
  }

  @Test
  void ofSeveralSourcesOneMustBeNamed() {
    Manifest shop = backUp("shop", true);
    backUp("store", true);
    GodwitException e = failure(SnapshotChoice.LATEST);
    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e.hint().orElseThrow()).contains("shop, store");
    assertThat(vault.find(new SnapshotChoice("latest", Optional.of("shop")))).isEqualTo(shop);
    GodwitException none = failure(new SnapshotChoice("latest", Optional.of("market")));
    assertThat(none.exitCode()).isEqualTo(ExitCode.NO_SUCH);
    assertThat(none.hint().orElseThrow()).contains("shop, store");
  }

  /** A snapshot that is there is not denied: it is said whose it is. */
  @Test
  void anIdOfAnotherSourceIsToldApartFromNone() {
    Manifest shop = backUp("shop", true);
    Manifest store = backUp("store", true);
    GodwitException e = failure(new SnapshotChoice(store.id(), Optional.of("shop")));
    assertThat(e.exitCode()).isEqualTo(ExitCode.NO_SUCH);
    assertThat(e).hasMessageEndingWith("snapshot '" + store.id() + "' of the source 'shop'");
    assertThat(e.hint().orElseThrow()).contains("it is of the source 'store'").contains("--source");

    GodwitException none = failure(new SnapshotChoice("0123", Optional.of("shop")));
    assertThat(none).hasMessageEndingWith("snapshot '0123' of the source 'shop'");
    assertThat(none.hint().orElseThrow()).contains(shop.id()).doesNotContain(store.id());
    GodwitException nobody = failure(new SnapshotChoice("0123", Optional.of("market")));
    assertThat(nobody.exitCode()).isEqualTo(ExitCode.NO_SUCH);
    assertThat(nobody.hint().orElseThrow()).contains("sources are shop, store");
  }

  @Test
  void anEmptyVaultHasNoLatest() {
    assertThat(failure(SnapshotChoice.LATEST).exitCode()).isEqualTo(ExitCode.NO_SUCH);
    Manifest part = backUp("shop", false);
    GodwitException e = failure(SnapshotChoice.LATEST);
    assertThat(e.exitCode()).isEqualTo(ExitCode.NO_SUCH);
    assertThat(e.hint().orElseThrow()).contains(part.id());
  }
}
