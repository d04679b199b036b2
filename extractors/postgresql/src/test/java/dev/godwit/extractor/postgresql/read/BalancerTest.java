package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Rows;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.Relay;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Behind a balancer a further connection may reach a server where the snapshot means nothing. */
class BalancerTest {

  @Test
  void anotherServerIsNoticed() throws Exception {
    PostgresServer here = PostgresServer.shared();
    String database = here.createDatabase();
    String table = "create table t (id int); insert into t select generate_series(1, 1000)";
    here.execute(database, table);
    try (PostgresServer there = PostgresServer.start(Map.of());
        Relay balancer = new Relay(here.port())) {
      there.execute("postgres", "create database " + database);
      there.execute(database, table);
      String uri = "postgresql://postgres@127.0.0.1:" + balancer.port() + "/" + database;
      try (TestStore store = new TestStore(uri);
          ExtractRun run = store.begin()) {
        Dataset dataset = Rows.dataset(run, "t");
        Partition partition = Rows.partitions(run, dataset).get(0);
        balancer.sendTo(there.port());
        try (RecordReader known = Rows.open(run, dataset, partition)) {
          assertThat(known.next()).as("on a connection of before").isNotNull();
          GodwitException failure =
              TestStore.refused(ExitCode.FAILED, () -> Rows.open(run, dataset, partition).next());
          assertThat(failure).hasMessageContaining("another server");
          assertThat(failure.hint()).hasValueSatisfying(h -> assertThat(h).contains("balancer"));
        }
      }
    }
  }
}
