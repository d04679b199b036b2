package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten times the data takes no more memory. */
class BoundedMemoryIT {
  /** What the heap may differ by from run to run, and less than a third of what is added. */
  private static final long SLACK_MIB = 100;

  private static final long MOST_MIB_AT_TWO = 450;
  private static final long MOST_MIB_AT_EIGHT = 900;

  @TempDir Path folder;
  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();

  @Test
  void tenTimesTheDataTakesNoMoreMemory() throws Exception {
    server.execute(shop, "create table pages (id integer, body bytea, word text)");
    fill(1, 5_000);
    long small = backUp(2, "small");
    fill(5_001, 50_000);
    long large = backUp(2, "large");
    long eight = backUp(8, "eight");
    server.execute("postgres", "drop database " + shop);
    String copy = server.createDatabase();
    long restored = peak("restore", "-q", "--jobs", "2", vault("large"), server.uri(copy));
    server.execute("postgres", "drop database " + copy);

    System.out.printf(
        "peaks in MiB: 40 MB %d, 400 MB %d, at eight jobs %d, restore %d%n",
        small, large, eight, restored);
    assertThat(small).isPositive();
    assertThat(large).isLessThan(small + SLACK_MIB).isLessThan(MOST_MIB_AT_TWO);
    assertThat(restored).isBetween(1L, MOST_MIB_AT_TWO);
    assertThat(eight).isBetween(1L, MOST_MIB_AT_EIGHT);
  }

  /** Rows of 8 KB that no compression makes smaller. */
  private void fill(int from, int to) {
    server.execute(
        shop,
        """
        alter table pages alter body set storage external;
        insert into pages
          select i, (select string_agg(sha256((i || ' ' || j)::text::bytea), '')
                     from generate_series(1, 240) j), md5(i::text)
          from generate_series(%d, %d) i
        """
            .formatted(from, to));
  }

  private String vault(String name) {
    return folder.resolve(name).toString();
  }

  private long backUp(int jobs, String name) throws Exception {
    return peak("backup", "-q", "--init", "--jobs", "" + jobs, server.uri(shop), vault(name));
  }

  private static long peak(String... arguments) throws Exception {
    Launched command = Launched.of(arguments);
    long peak = Peak.of(command);
    assertThat(command.status()).as(command.printed()).isZero();
    return peak;
  }
}
