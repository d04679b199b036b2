package dev.godwit.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many differences with the memory that the launcher gives: 256 MiB of heap. */
class CompareIT {
  @TempDir Path folder;

  @Test
  void aTenthOfAMillionRowsDiffers() {
    PostgresServer server = PostgresServer.shared();
    String a = server.createDatabase();
    String b = server.createDatabase();
    String rows =
        "create table t as select n as id, md5(n::text) as v, n * 1.5 as total"
            + " from generate_series(1, 1000000) n; alter table t add primary key (id)";
    server.execute(a, rows);
    server.execute(b, rows);
    server.execute(b, "update t set v = 'changed' where id % 10 = 0");
    Launcher.Ended done = Launcher.run(folder, "compare", server.uri(a), server.uri(b));
    assertThat(done.out())
        .contains("different: 100,000 rows changed")
        .contains(
            "differs: id 10: v is \"d3d9446802a44259755d38e6d163e820\" in A, \"changed\" in B")
        .contains("and 99,990 more");
    assertThat(done.status()).isEqualTo(4);

    Launcher.Ended all = Launcher.run(folder, "compare", "--json", server.uri(a), server.uri(b));
    assertThat(all.out().lines().filter(line -> line.contains("\"event\":\"difference\"")))
        .hasSize(100_000);
  }
}
