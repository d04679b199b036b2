package dev.godwit.vault.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.storage.ProcessMark;
import dev.godwit.vault.storage.WorkFolder;
import dev.godwit.vault.testing.MeddlingStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  private static final String DEAD = "0".repeat(32);

  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();

  private Path leave(LockDocument lock, Duration age) throws IOException {
    Path work = Files.createDirectories(folder.resolve("work").resolve(lock.work()));
    Path file = Files.writeString(work.resolve("half"), "half a volume");
    Files.createDirectories(folder.resolve("locks"));
    Path held = folder.resolve("locks/" + lock.work() + ".json");
    Files.write(held, Json.page().writeValueAsBytes(lock));
    FileTime then = FileTime.from(Instant.now().minus(age));
    Files.setLastModifiedTime(file, then);
    Files.setLastModifiedTime(held, then);
    return file;
  }

  private static LockDocument lock(String machine, long pid, String start) {
    return new LockDocument(
        0, "writer", "backup", "h", machine, pid, start, "u", DEAD, "2026-11-21T00:00:00Z");
  }

  private void clear() {
    new Leftovers(new LocalFolder(folder), warnings::add).clear();
  }

  @Test
  void whatADeadProcessOfThisMachineLeftGoes() throws IOException {
    LockDocument mine = LockDocument.ofThisProcess("writer", "backup", Instant.EPOCH);
    Path file = leave(lock(mine.machine(), mine.pid(), mine.start() + "0"), Duration.ZERO);
    clear();
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("locks")).isEmptyDirectory();
    assertThat(warnings).isEmpty();
  }

  /** Whoever comes after sees no lock any more, and could not tell. */
  @Test
  void whoeverFindsALockDeadClearsAwayWhatItsOwnerLeft() throws IOException {
    LockDocument mine = LockDocument.ofThisProcess("writer", "backup", Instant.EPOCH);
    Path file = leave(lock(mine.machine(), mine.pid(), mine.start() + "0"), Duration.ZERO);
    try (PrunerLock lock =
        PrunerLock.take(new LocalFolder(folder), new Cancellation(), warnings::add)) {
      lock.requireHeld();
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void whatCannotBeClearedAwayIsToldByWhoeverFindsIt() throws IOException {
    LockDocument mine = LockDocument.ofThisProcess("writer", "backup", Instant.EPOCH);
    LockDocument dead = lock(mine.machine(), mine.pid(), mine.start() + "0");
    Storage storage =
        MeddlingStorage.of(
            new LocalFolder(folder),
            (operation, path) -> {
              if (operation.equals("delete") && path.startsWith("work/")) {
                throw new IOException("no leave to remove " + path);
              }
            });
    leave(dead, Duration.ZERO);
    assertThat(new Locks(storage, warnings::add).look(Instant.now())).isEmpty();
    leave(dead, Duration.ZERO);
    new Leftovers(storage, warnings::add).clear();
    assertThat(warnings)
        .hasSize(2)
        .allSatisfy(told -> assertThat(told).contains("cleared away", "work/" + DEAD + "/half"));
  }

  @Test
  void aLockThatNamesAnotherFolderTakesNothingAway() throws IOException {
    Path volume = Files.createDirectories(folder.resolve("volumes")).resolve("x");
    Files.writeString(volume, "a volume");
    LockDocument dead =
        new LockDocument(
            0, "writer", "backup", "h", "far", 1, "1", "u", "../volumes", "2026-11-21T00:00:00Z");
    Path held = Files.createDirectories(folder.resolve("locks")).resolve(DEAD + ".json");
    Files.write(held, Json.page().writeValueAsBytes(dead));
    Files.createDirectories(folder.resolve("work"));
    Files.setLastModifiedTime(held, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    clear();
    assertThat(held).doesNotExist();
    assertThat(volume).exists();
  }

  @Test
  void whatALivingProcessHoldsStaysHoweverOld() throws IOException {
    LockDocument mine = LockDocument.ofThisProcess("writer", "backup", Instant.EPOCH);
    Path file = leave(lock(mine.machine(), mine.pid(), mine.start()), Duration.ofDays(9));
    clear();
    assertThat(file).exists();
    assertThat(folder.resolve("locks/" + DEAD + ".json")).exists();
  }

  @Test
  void aLockOfAnotherMachineLivesUntilItExpires() throws IOException {
    Path file = leave(lock("elsewhere", 1, "1"), Duration.ofMinutes(5));
    clear();
    assertThat(file).exists();
    leave(lock("elsewhere", 1, "1"), HeldLock.EXPIRY.plusMinutes(1));
    clear();
    assertThat(file).doesNotExist();
  }

  @Test
  void aLockFromTheFutureLives() throws IOException {
    Path file = leave(lock("elsewhere", 1, "1"), Duration.ofDays(-2));
    clear();
    assertThat(file).exists();
  }

  @Test
  void whatIsBeingWrittenHereStays() throws IOException {
    LocalFolder storage = new LocalFolder(folder);
    try (WriterLock lock = WriterLock.take(storage, "backup", warnings::add);
        StorageWriter writer = storage.create("volumes/ab/x")) {
      writer.write(ByteBuffer.wrap(new byte[10]));
      clear();
      writer.commit();
      assertThat(lock).isNotNull();
    }
    assertThat(folder.resolve("volumes/ab/x")).hasSize(10);
    assertThat(folder.resolve("locks")).isEmptyDirectory();
  }

  /** Killed before its lock was there, or by who took its lock away first: no lock tells of it. */
  @Test
  void whatAProcessLeftThatHadNoLockGoesWhenItIsDead() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    Path left = leaveBare(WorkFolder.of(ProcessMark.here(process.pid())));
    Path foreign = leaveBare(DEAD);
    clear();
    assertThat(left).as("its process lives").exists();
    process.destroyForcibly().waitFor();
    clear();
    assertThat(left).doesNotExist();
    assertThat(foreign).as("nobody knows whose it is").exists();
    assertThat(warnings).isEmpty();
  }

  private Path leaveBare(String work) throws IOException {
    Path made = Files.createDirectories(folder.resolve("work").resolve(work));
    return Files.writeString(made.resolve("half"), "half a volume");
  }
}
