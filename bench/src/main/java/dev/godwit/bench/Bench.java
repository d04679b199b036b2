package dev.godwit.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Backup, second backup, restore and the largest table alone, against pg_dump and pg_restore. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures Godwit against pg_dump and pg_restore on a shop of orders.",
      "",
      "Columns: medians of wall and processor seconds and of peak memory; bytes stored; and Godwit's"
          + " wall and bytes as a ratio of the line's.",
      ""
    })
public final class Bench implements Callable<Integer> {
  @Option(names = "--godwit", required = true, description = "The launcher to measure.")
  private Path godwit;

  @Option(
      names = "--size",
      defaultValue = "100",
      description = "Size of the shop; 100 is 8.3 million rows (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Measured rounds, after one that is not (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--jobs",
      defaultValue = "2",
      description = "Workers of every contender (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--pg-dump",
      paramLabel = "PATH",
      description = "Another pg_dump to measure beside the one on the PATH; may be repeated.")
  private List<String> dumps = new ArrayList<>();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "WHAT",
      description = "Some of: backup, second, largest, restore, compare (default: all).")
  private List<String> only = List.of("backup", "largest", "second", "restore", "compare");

  private static final List<String> TABLES = List.of("items", "orders", "customers", "pictures");

  /** What a restore says that it took at most, at size 100. */
  private static final String AS_GODWIT = "9MB";

  private final PrintStream out = System.out;
  private Path work;
  private Shop shop;

  /** Runs the benchmark and exits. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    work = Files.createTempDirectory("godwit-bench-");
    dumps.add(0, "pg_dump");
    try (Shop started = Shop.start()) {
      shop = started;
      shop.fill(size);
      out.printf("shop of size %d, %d jobs, medians of %d runs%n", size, jobs, runs);
      for (String what : only) {
        switch (what) {
          case "backup" -> backup("backup", List.of(), List.of());
          case "largest" ->
              backup(
                  "the largest table alone", List.of("--include", "items"), List.of("-t", "items"));
          case "second" -> new SecondBackup(this::godwit, shop, work, out).run();
          case "restore" -> restore();
          case "compare" -> compare();
          default -> throw new IllegalArgumentException("no such part: " + what);
        }
      }
    } finally {
      delete(work);
    }
    return 0;
  }

  private void backup(String title, List<String> include, List<String> tables) throws Exception {
    List<Contender> contenders = new ArrayList<>();
    Path vault = work.resolve("vault");
    List<String> command = godwit("backup", "--init", "-q");
    command.addAll(include);
    command.addAll(List.of(uri("shop"), vault.toString()));
    contenders.add(contender("godwit", () -> delete(vault), command, Optional.of(vault)));
    for (String dump : dumps) {
      Path folder = work.resolve("dump");
      List<String> line = new ArrayList<>(List.of(dump, "-Fd", "-j" + jobs, compression(dump)));
      line.addAll(tables);
      line.addAll(List.of("-f", folder.toString(), uri("shop")));
      contenders.add(
          contender(
              version(dump) + " " + compression(dump),
              () -> delete(folder),
              line,
              Optional.of(folder)));
    }
    contenders.add(
        contender("limit: the same COPY, drained", () -> {}, drain(tables), Optional.empty()));
    new Contest(title, contenders).run(runs, out);
  }

  private void restore() throws Exception {
    Path vault = work.resolve("vault-restore");
    Measured.run(plus(godwit("backup", "--init", "-q"), uri("shop"), vault.toString()), Map.of());
    Path folder = work.resolve("dump-restore");
    Measured.run(
        List.of("pg_dump", "-Fd", "-j" + jobs, "-Z1", "-f", folder.toString(), uri("shop")),
        Map.of());
    Contender.Task fresh =
        () -> {
          shop.execute("postgres", "drop database if exists shop_copy");
          shop.execute("postgres", "create database shop_copy");
          shop.execute("postgres", "checkpoint");
        };
    List<String> theirs =
        List.of("pg_restore", "-j" + jobs, "-d", uri("shop_copy"), folder.toString());
    new Contest(
            "restore",
            List.of(
                contender(
                    "godwit",
                    fresh,
                    plus(godwit("restore", "-q"), vault.toString(), uri("shop_copy")),
                    Optional.empty()),
                contender("pg_restore", fresh, theirs, Optional.empty()),
                new Contender(
                    "pg_restore, maintenance_work_mem as godwit's",
                    fresh,
                    theirs,
                    Map.of("PGOPTIONS", "-c maintenance_work_mem=" + AS_GODWIT),
                    Optional.empty())))
        .run(runs, out);
  }

  /** Two equal databases, against reading all of both on a connection each. */
  private void compare() throws Exception {
    shop.execute("postgres", "drop database if exists shop_copy");
    shop.execute("postgres", "create database shop_copy template shop");
    String both = drained("shop", TABLES) + drained("shop_copy", TABLES) + "wait";
    new Contest(
            "compare",
            List.of(
                contender(
                    "godwit",
                    () -> {},
                    plus(godwit("compare", "-q"), uri("shop"), uri("shop_copy")),
                    Optional.empty()),
                contender(
                    "limit: both drained",
                    () -> {},
                    List.of("bash", "-c", both),
                    Optional.empty())))
        .run(runs, out);
  }

  /** Two connections share the tables: the largest on one, the others on the other. */
  private List<String> drain(List<String> tables) {
    List<String> names = tables.isEmpty() ? TABLES : tables.subList(1, 2);
    List<String> others = names.stream().filter(name -> !name.equals("items")).toList();
    String both =
        drained("shop", List.of("items")) + (others.isEmpty() ? "" : drained("shop", others));
    return List.of("bash", "-c", both + "wait");
  }

  /** Reads tables to their end on one connection, in the background. */
  private String drained(String database, List<String> tables) {
    String copies =
        tables.stream()
            .map(name -> "copy " + name + " to stdout (format binary);")
            .collect(Collectors.joining());
    return "psql -Xq " + uri(database) + " -c '" + copies + "' >/dev/null & ";
  }

  List<String> godwit(String... arguments) {
    List<String> command = new ArrayList<>(List.of(godwit.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--jobs", Integer.toString(jobs)));
    return command;
  }

  private String uri(String database) {
    return "postgresql://postgres@127.0.0.1:" + shop.port() + "/" + database;
  }

  private static Contender contender(
      String name, Contender.Task before, List<String> command, Optional<Path> result) {
    return new Contender(name, before, command, Map.of(), result);
  }

  static List<String> plus(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }

  /** pg_dump knows zstd since version 16. */
  private static String compression(String dump) throws IOException {
    int major = Integer.parseInt(version(dump).replaceAll("^[^0-9]*([0-9]+).*", "$1"));
    return major < 16 ? "-Z1" : "--compress=zstd:1";
  }

  private static String version(String dump) throws IOException {
    Process process = new ProcessBuilder(dump, "--version").start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.replace("(PostgreSQL) ", "").replaceAll(" \\(.*", "").strip();
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
