package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.check.DataShare;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.volume.VolumeLimits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A check reads none, a part or all of the data. */
class ReadDataTest {
  private static List<VolumeId> volumes() {
    SplittableRandom random = new SplittableRandom(20261121);
    List<VolumeId> ids = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      ids.add(new VolumeId(random.nextLong(), random.nextLong()));
    }
    return ids;
  }

  @Test
  void everyVolumeHasItsTurnWhateverTheHabit() {
    for (String part : List.of("1%", "5%", "12.5%", "14.3%", "50%", "99%")) {
      for (int days : new int[] {1, 2, 7, 14, 30}) {
        everyVolumeHasItsTurn(part, days);
      }
    }
  }

  private static void everyVolumeHasItsTurn(String part, int everyDays) {
    List<VolumeId> unread = volumes();
    long turns = DataShare.parse(part, 0).turns();
    double share = Double.parseDouble(part.replace("%", "")) / 100;
    for (int check = 0; check < turns; check++) {
      DataShare today = DataShare.parse(part, 20_700 + (long) check * everyDays);
      long read = volumes().stream().filter(today::holds).count();
      assertThat(read / 4000.0).isBetween(share - 0.03, share + 0.03);
      unread.removeIf(today::holds);
    }
    assertThat(unread).isEmpty();
  }

  @Test
  void dailyChecksGoRoundWithoutDelay() {
    List<VolumeId> unread = volumes();
    for (int day = 0; day < 23; day++) {
      unread.removeIf(DataShare.parse("5%", 20_700 + day)::holds);
    }
    assertThat(unread).isEmpty();
    assertThat(DataShare.parse("5%", 7).turn()).contains("part 8 of 23");
    assertThat(DataShare.parse("100%", 7).turn()).isEmpty();
    assertThat(DataShare.parse("100%", 7).isAll()).isTrue();
  }

  @Test
  void whatIsNoPartIsRefused() {
    for (String text :
        List.of("0%", "0.0%", "101%", "100.001%", "5", "-5%", "%", "", "5 %", "1e1%", "x%")) {
      assertThatThrownBy(() -> DataShare.parse(text, 0))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }
  }

  @Test
  void onlyThatPartIsReadAndItsDamageFound() {
    MemoryStorage files = new MemoryStorage();
    try (Bench bench = new Bench();
        Vault vault = Vault.create(files, new VolumeLimits(16 << 10, 100))) {
      bench.backUp(vault, "shop.public.orders", 16, 1000);
      long found = 0;
      long read = 0;
      List<String> volumes = bend(files);
      for (int day = 0; day < DataShare.parse("20%", 0).turns(); day++) {
        DataShare share = DataShare.parse("20%", day);
        CheckReport report = vault.check(share, bench.context, bytes -> {});
        long due =
            volumes.stream()
                .map(path -> VolumeId.parse(path.substring(path.length() - 36, path.length() - 4)))
                .filter(share::holds)
                .count();
        assertThat(report.damages()).hasSize((int) due);
        assertThat(report.volumesRead()).isEqualTo(due);
        read += due;
        found += report.damages().size();
      }
      assertThat(found).isEqualTo(read).isGreaterThanOrEqualTo(volumes.size());
    }
  }

  private static List<String> bend(MemoryStorage files) {
    List<String> volumes = files.list("volumes").map(Storage.StoredFile::path).sorted().toList();
    for (String path : volumes) {
      ByteBuffer bytes = ByteBuffer.allocate((int) size(files, path));
      readWhole(files, path, bytes);
      bytes.put(100, (byte) (bytes.get(100) ^ 1));
      files.replace(path, bytes.array());
    }
    return volumes;
  }

  private static long size(MemoryStorage files, String path) {
    return files
        .list(path.substring(0, path.lastIndexOf('/')))
        .filter(f -> f.path().equals(path))
        .findFirst()
        .orElseThrow()
        .size();
  }

  private static void readWhole(MemoryStorage files, String path, ByteBuffer into) {
    try {
      files.read(path, 0, into);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingIsReadTwiceFromAfar() {
    MemoryStorage files = new MemoryStorage();
    Map<String, Integer> read = new ConcurrentHashMap<>();
    Storage far =
        (Storage)
            Proxy.newProxyInstance(
                Storage.class.getClassLoader(),
                new Class<?>[] {Storage.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("isRemote")) {
                    return true;
                  }
                  try {
                    Object result = method.invoke(files, arguments);
                    if (method.getName().equals("read")) {
                      read.merge((String) arguments[0], (Integer) result, Integer::sum);
                    }
                    return result;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    try (Bench bench = new Bench();
        Vault vault = Vault.create(far, new VolumeLimits(16 << 10, 100))) {
      for (int i = 0; i < 3; i++) {
        try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
          bench.write(writer, "shop.public.orders", 2, 12, 300);
          bench.write(writer, "shop.public.orders" + i, 1, 1, 10);
          Bench.seal(writer);
        }
      }
      read.clear();
      CheckReport report = bench.check(vault, true);
      assertThat(report.damages()).isEmpty();
      assertThat(report.snapshots()).isEqualTo(3);
      files
          .list("")
          .forEach(
              file -> {
                int slack = file.path().startsWith("volumes/") ? 20 : 0; // the trailer, looked for
                assertThat(read.getOrDefault(file.path(), 0).longValue())
                    .as(file.path())
                    .isLessThanOrEqualTo(file.size() + slack);
              });
    }
  }
}
