package dev.godwit.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.backup.CopyJob;
import dev.godwit.cli.Invocation;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.vault.Vault;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.storage.LocalFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prune drops what a copy is about to read: that is no damage. */
class DroppedWhileCopiedTest {
  private static final CopyChoice ALL =
      new CopyChoice(List.of(), Optional.empty(), Optional.empty());

  @TempDir private Path folder;
  private String from;
  private String to;

  @BeforeEach
  void backUp() {
    from = folder.resolve("from").toString();
    to = folder.resolve("to").toString();
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    server.execute(shop, "create table t (n int)");
    for (int backup = 0; backup < 3; backup++) {
      server.execute(
          shop, "truncate t; insert into t select generate_series(1, 100) * 7 + " + backup);
      done("backup", "-q", "--init", server.uri(shop), from);
    }
    done("init", "-q", to);
  }

  private static void done(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as(done.err()).isZero();
  }

  @Test
  void itIsToldAndTheOthersAreCopied() {
    List<CopyStep> settled = copyAfterPlan("prune", "-q", "--keep-last", "1", from);
    assertThat(settled.subList(0, 2)).hasOnlyElementsOfType(CopyStep.Dropped.class);
    assertThat(settled.get(2)).isInstanceOf(CopyStep.Copied.class);

    Outcome told = CopyOutcome.of(settled, false, 0);
    assertThat(told.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(told.lines().get(0)).contains("not copied, it was dropped from the vault meanwhile");
    assertThat(told.lines()).anyMatch(line -> line.startsWith("1 snapshot copied"));
    assertThat(told.fields().toString()).contains("result=dropped", "result=copied");
    assertThat(CopyJob.exitCode(settled.subList(0, 2))).isEqualTo(ExitCode.NO_SUCH);
    try (Vault target = Vault.open(new LocalFolder(Path.of(to)))) {
      assertThat(target.snapshots()).hasSize(1);
    }
    done("check", "--read-data", to);
  }

  private List<CopyStep> copyAfterPlan(String... meanwhile) {
    try (RootAllocator allocator = new RootAllocator(256L << 20);
        Vault source = Vault.open(new LocalFolder(Path.of(from)));
        Vault target = Vault.open(new LocalFolder(Path.of(to)))) {
      PluginContext context = new PluginContext(allocator, new Cancellation(), warning -> {}, 2);
      CopyJob job = new CopyJob(source, target, context);
      List<CopyStep> steps = job.plan(ALL);
      done(meanwhile);
      return job.run(steps, read -> {}, step -> {});
    }
  }
}
