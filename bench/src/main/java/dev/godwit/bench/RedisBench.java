package dev.godwit.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Backup of small keys, as a replica and by SCAN, against redis-cli --rdb. */
@Command(
    name = "bench/redis",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures Godwit on small strings of Redis, against redis-cli --rdb, which writes down what"
          + " the server sends and understands none of it.",
      ""
    })
public final class RedisBench implements Callable<Integer> {
  @Option(names = "--godwit", required = true, description = "The launcher to measure.")
  private Path godwit;

  @Option(
      names = "--keys",
      defaultValue = "5000000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Measured rounds, after one that is not (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--redis-server",
      defaultValue = "redis-server",
      paramLabel = "PROGRAM",
      description = "The server to start (default: ${DEFAULT-VALUE}).")
  private String server;

  @Option(
      names = "--redis-cli",
      defaultValue = "redis-cli",
      paramLabel = "PROGRAM",
      description = "What to measure beside (default: ${DEFAULT-VALUE}).")
  private String client;

  @Option(names = "--scan", description = "Measure reading by SCAN too, which takes longer.")
  private boolean scan;

  /** Runs the benchmark and exits. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new RedisBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path work = Files.createTempDirectory("godwit-bench-");
    try (SmallKeys store = SmallKeys.start(server, work)) {
      store.fill(keys);
      System.out.printf("%d keys, medians of %d runs%n", keys, runs);
      Contender cli = cli(store, work.resolve("dump.rdb"));
      Path vault = work.resolve("vault");
      new Contest("backup as a replica", List.of(backup(store, "replica", vault), cli))
          .run(runs, System.out);
      if (scan) {
        new Contest("backup by SCAN", List.of(backup(store, "scan", vault), cli))
            .run(runs, System.out);
      }
    } finally {
      Bench.delete(work);
    }
    return 0;
  }

  private Contender backup(SmallKeys store, String way, Path vault) {
    String uri = "redis://127.0.0.1:" + store.port() + "?reading=" + way;
    return new Contender(
        "godwit, reading=" + way,
        () -> Bench.delete(vault),
        List.of(godwit.toString(), "backup", "--init", "-q", uri, vault.toString()),
        Map.of(),
        Optional.of(vault));
  }

  private Contender cli(SmallKeys store, Path file) {
    return new Contender(
        "redis-cli --rdb",
        () -> Files.deleteIfExists(file),
        List.of(client, "-p", Integer.toString(store.port()), "--rdb", file.toString()),
        Map.of(),
        Optional.of(file));
  }
}
