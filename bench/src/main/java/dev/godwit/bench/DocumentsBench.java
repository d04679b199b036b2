package dev.godwit.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Backup of documents against a bare cursor, and against mongodump where one is named. */
@Command(
    name = "bench/documents",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures Godwit on documents of about 1 KB, against a cursor that only reads them.",
      "",
      "Without --server a stand-in is measured, which is much slower than a real one.",
      ""
    })
public final class DocumentsBench implements Callable<Integer> {
  @Option(names = "--godwit", required = true, description = "The launcher to measure.")
  private Path godwit;

  @Option(
      names = "--documents",
      defaultValue = "1000000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int documents;

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Measured rounds, after one that is not (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--jobs",
      defaultValue = "2",
      description = "Workers of Godwit and of mongodump (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--server",
      paramLabel = "mongodb://HOST:PORT",
      description = "A real server; its database godwit_bench is dropped before and after.")
  private String server;

  @Option(
      names = "--mongodump",
      paramLabel = "PATH",
      description = "A mongodump to measure beside; it needs a real server.")
  private String mongodump;

  /** Runs the benchmark and exits. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new DocumentsBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path work = Files.createTempDirectory("godwit-bench-");
    try (DocumentStore store =
        server == null ? DocumentStore.standIn() : DocumentStore.named(server)) {
      store.fill(documents);
      System.out.printf("%d documents, %d jobs, medians of %d runs%n", documents, jobs, runs);
      new Contest("backup", contenders(store, work)).run(runs, System.out);
    } finally {
      Bench.delete(work);
    }
    return 0;
  }

  private List<Contender> contenders(DocumentStore store, Path work) {
    Path vault = work.resolve("vault");
    Path dump = work.resolve("dump");
    String uri = store.uri().toString();
    String workers = Integer.toString(jobs);
    List<Contender> contenders = new ArrayList<>();
    contenders.add(
        new Contender(
            "godwit",
            () -> Bench.delete(vault),
            List.of(
                godwit.toString(), "backup", "--init", "-q", uri, vault.toString(), "-j", workers),
            Map.of(),
            Optional.of(vault)));
    contenders.add(
        new Contender(
            "limit: one bare cursor",
            () -> {},
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                BareCursor.class.getName(),
                uri),
            Map.of(),
            Optional.empty()));
    if (mongodump != null) {
      contenders.add(
          new Contender(
              "mongodump --gzip",
              () -> Bench.delete(dump),
              List.of(mongodump, "--quiet", "--gzip", "--uri", uri, "--out", dump.toString()),
              Map.of(),
              Optional.of(dump)));
    }
    return contenders;
  }
}
