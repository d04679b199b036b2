package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the server fills during a restore; given room, the restore goes on. */
class FullServerDiskIT {

  @TempDir Path folder;
  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();
  private final Rows rows = new Rows(server, shop);

  @Test
  void itSaysSoAndGoesOnOnceThereIsRoom() throws Exception {
    rows.make(60_000);
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", server.uri(shop), vault).status()).isZero();

    Path mountPoint = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.seenByAll(mountPoint, 64 << 20)) {
      server.execute("postgres", "create tablespace small location '" + disk.folder() + "'");
      try {
        server.execute("postgres", "create database small tablespace small");
        fillAndGoOn(disk, vault);
      } finally { // else the server would go on writing to a disk that is gone, beside other tests
        server.execute("postgres", "drop database if exists small with (force)");
        server.execute("postgres", "drop tablespace small");
      }
    }
  }

  private void fillAndGoOn(SmallDisk disk, String vault) throws Exception {
    int full = 0;
    Launched restore;
    do {
      disk.room(1 << 20 << full); // what was loaded in vain takes room too, until it is vacuumed
      restore = Launched.of("restore", "-q", "--resume", "--jobs", "2", vault, server.uri("small"));
      if (restore.status() != 0) {
        full++;
        assertThat(restore.status()).as(restore.printed()).isEqualTo(1);
        assertThat(restore.printed().lines().filter(line -> line.startsWith("godwit: ")))
            .as(restore.printed())
            .singleElement()
            .asString()
            .contains("public.")
            // The last write before there is no room at all may be one of half a page.
            .containsPattern("No space left on device|wrote only [0-9]+ of 8192 bytes");
        assertThat(restore.printed()).containsPattern("\nhint: .*room");
        new Rows(server, "small").awaitNoSessions();
      }
    } while (restore.status() != 0 && full < 7);

    assertThat(full).isGreaterThan(2);
    Rows restored = new Rows(server, "small");
    assertThat(restored.fingerprint()).isEqualTo(rows.fingerprint());
    assertThat(restored.objects()).isEqualTo(rows.objects());
    assertThat(restored.sealed()).isTrue();
  }
}
