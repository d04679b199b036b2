package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault is a plain folder: tools that know nothing of it may copy it, in any order. */
class PlainFolderTest {
  private static final String ORDERS = "shop.public.orders";
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);

  @TempDir Path folder;
  private final Bench bench = new Bench();
  private Path from;
  private Path to;
  private Vault vault;

  @BeforeEach
  void make() {
    from = folder.resolve("from");
    to = folder.resolve("to");
    vault = Vault.create(new LocalFolder(from), SMALL);
    bench.backUp(vault, ORDERS, 8, 1000);
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  /** What rsync and rclone do: files whose size or time differs, in this order. */
  private void copy(Comparator<Path> order, int most) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            requireVanished(e);
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.shuffle(files, new Random(20261121));
    files.sort(order);
    for (Path file : files.subList(0, Math.min(most, files.size()))) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      try {
        if (!Files.exists(target)
            || Files.size(target) != Files.size(file)
            || !Files.getLastModifiedTime(target).equals(Files.getLastModifiedTime(file))) {
          Files.copy(
              file,
              target,
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      } catch (IOException e) {
        requireVanished(e);
      }
    }
  }

  /** What is written vanishes from work/ when it gets its name, at any moment. */
  private static void requireVanished(IOException e) throws IOException {
    if (!(e instanceof NoSuchFileException)) {
      throw e;
    }
  }

  private static final Comparator<Path> ANY = Comparator.comparing(file -> 0);

  private static final Comparator<Path> MANIFESTS_FIRST =
      Comparator.comparing(file -> !file.toString().contains("/snapshots/"));

  private void requireSame() {
    try (Vault copy = Vault.open(new LocalFolder(to))) {
      assertThat(bench.check(copy, true).damages()).isEmpty();
      assertThat(copy.snapshots()).isEqualTo(vault.snapshots());
      for (Manifest manifest : vault.snapshots()) {
        assertThat(bench.read(copy, manifest)).isEqualTo(bench.read(vault, manifest));
      }
      Manifest next = bench.backUp(copy, ORDERS, 8, 1000);
      assertThat(next.totals().newBytes()).isZero();
      assertThat(bench.check(copy, true).damages()).isEmpty();
    }
  }

  @Test
  void aCopyInAnyOrderIsAVault() throws IOException {
    copy(ANY, Integer.MAX_VALUE);
    requireSame();
  }

  @Test
  void aCopyWhileABackupRunsIsWholeAfterTheNextCopy() throws IOException {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, ORDERS, 9, 1000);
      copy(MANIFESTS_FIRST, Integer.MAX_VALUE);
      try (Vault early = Vault.open(new LocalFolder(to))) {
        assertThat(early.snapshots()).as("what was sealed by then").hasSize(1);
        assertThat(bench.check(early, true).damages()).isEmpty();
      }
      bench.write(writer, "shop.public.more", 4, 700);
      Bench.seal(writer);
    }
    copy(ANY, Integer.MAX_VALUE);
    requireSame();
  }

  @Test
  void aCopyThatStoppedHalfwayIsToldAndThenGoesOn() throws IOException {
    copy(MANIFESTS_FIRST, 4);
    Files.copy(
        from.resolve("vault.json"),
        to.resolve("vault.json"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    try (Vault half = Vault.open(new LocalFolder(to))) {
      assertThat(bench.check(half, false).damages()).isNotEmpty();
    }
    copy(ANY, Integer.MAX_VALUE);
    requireSame();
  }
}
