package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlippedBitsTest {
  private static final int FLIPS = 2000;
  private static final long SEED = 20261121;

  private final MemoryStorage storage = new MemoryStorage();
  private final SealedVault sealed =
      new SealedVault(storage, keys -> Vault.create(storage, Optional.of(keys)));

  /** Of an encrypted vault; half of them in any file, half in any byte. */
  @Test
  void everyFlippedBitIsFound() throws IOException {
    Random random = new Random(SEED);
    try (Bench bench = new Bench(1)) {
      try (Vault vault = sealed.writer()) {
        try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
          bench.write(writer, "shop.public.orders", 1, 6, 20);
          bench.write(writer, "shop.public.few", 1, 1, 7);
          Bench.seal(writer);
        }
      }
      List<String> paths = sealed.paths("");
      assertThat(paths).anyMatch(p -> p.startsWith("index/")).anyMatch(p -> p.startsWith("lists/"));
      List<String> unnoticed = new ArrayList<>();
      Vault open = sealed.reader(); // to open it takes longer than to check it
      for (int i = 0; i < FLIPS; i++) {
        String path = i % 2 == 0 ? paths.get(random.nextInt(paths.size())) : byBytes(paths, random);
        byte[] whole = sealed.bytes(path);
        byte[] bent = whole.clone();
        int at = random.nextInt(bent.length);
        bent[at] ^= (byte) (1 << random.nextInt(8));
        storage.replace(path, bent);
        if (!(path.equals(Layout.VAULT) ? isFound(bench) : isFound(bench, open, path))) {
          unnoticed.add(path + " at " + at);
        }
        storage.replace(path, whole);
      }
      assertThat(unnoticed).isEmpty();
      assertThat(bench.check(open, true).damages()).isEmpty();
      open.close();
    }
  }

  private String byBytes(List<String> paths, Random random) throws IOException {
    long total = 0;
    for (String path : paths) {
      total += storage.stat(path).size();
    }
    long at = (long) (random.nextDouble() * total);
    for (String path : paths) {
      at -= storage.stat(path).size();
      if (at < 0) {
        return path;
      }
    }
    throw new IllegalStateException("no byte of " + total);
  }

  private static boolean isFound(Bench bench, Vault vault, String path) {
    return bench.check(vault, true).damages().stream().anyMatch(d -> d.file().equals(path));
  }

  private boolean isFound(Bench bench) {
    try (Vault vault = sealed.reader()) {
      return isFound(bench, vault, Layout.VAULT);
    } catch (GodwitException e) {
      return e.exitCode() == ExitCode.DAMAGED
          && String.valueOf(e.getMessage()).startsWith(Layout.VAULT);
    }
  }
}
