package dev.godwit.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.sample.RichDatabase;
import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.redis.RedisServer;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher's archive holds the classes that real commands were seen to load, lambdas among them
 * ({@code -XX:DumpLoadedClassList}). The list is committed; when too many classes are missing from
 * it, make it anew with {@code mvn verify -pl cli -am -Dtest=StartupClassesIT
 * -Dsurefire.failIfNoSpecifiedTests=false -Dgodwit.regenerate=true}.
 */
class StartupClassesIT {
  private static final Path LIST = Path.of("src/main/dist/lib/startup.classes");

  /** Of the servers that tests share. */
  private static final int NEWEST = 18;

  @TempDir Path folder;

  @Test
  void aBackupFindsItsClassesInTheArchive() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.createDatabase();
    server.execute(database, RichDatabase.definitions(NEWEST));
    server.execute(database, RichDatabase.rows());
    if (Boolean.getBoolean("godwit.regenerate")) {
      Files.createDirectories(LIST.getParent());
      try (RedisServer keys = RedisServer.start();
          S3Server bucket = S3Server.start()) {
        Object set = keys.call("SET", "bird", "B6");
        assertThat(set).isNotNull();
        Files.write(LIST, seen(server, database, keys.uri(), bucket.uri("vault")));
      }
      return;
    }
    assertThat(run("now", "")).isZero();
    findsItsClasses("backup", "--init", server.uri(database), folder.resolve("vault").toString());
    findsItsClasses("backup", server.uri(database), encryptedVault());
  }

  private void findsItsClasses(String... command) throws Exception {
    Path log = folder.resolve("classes.log");
    assertThat(run("never", "-Xlog:class+load:file=" + log, command)).isZero();
    List<String> loaded = new ArrayList<>(Files.readAllLines(log));
    loaded.removeIf(StartupClassesIT::madeWhileRunning);
    long fromElsewhere = loaded.stream().filter(line -> !line.contains("shared objects")).count();
    int most = Runtime.version().feature() == 17 ? 5 : 30;
    assertThat(100.0 * fromElsewhere / loaded.size())
        .as("%% of classes that are not in the archive (%s says how to make its list)", getClass())
        .isLessThan(most);
    Files.delete(log);
  }

  /** An empty one; its identity lies in {@code identity}. */
  private String encryptedVault() throws IOException, InterruptedException {
    String identity = folder.resolve("identity").toString();
    assertThat(run("never", "", "key", "new", identity)).isZero();
    String recipient = Files.readString(folder.resolve("out")).strip();
    String vault = folder.resolve("encrypted").toString();
    assertThat(run("never", "", "init", "--recipient", recipient, vault)).isZero();
    return vault;
  }

  /** The libraries behind keys are large, and a plain vault has none. */
  @Test
  void aPlainVaultLoadsNothingOfKeys() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String vault = folder.resolve("vault").toString();
    String database = server.createDatabase();
    server.execute(database, "create table t (id integer); insert into t values (1)");
    String source = server.uri(database);
    for (List<String> command :
        List.of(
            List.of("backup", "--init", source, vault),
            List.of("backup", source, vault),
            List.of("list", vault),
            List.of("show", vault),
            List.of("cat", vault, "t"),
            List.of("check", "--read-data", vault),
            List.of("restore", vault, server.uri(server.createDatabase())))) {
      Path log = folder.resolve("classes.log");
      String option = "-Xlog:class+load:file=" + log;
      assertThat(run("never", option, command.toArray(String[]::new))).isZero();
      assertThat(Files.readAllLines(log))
          .isNotEmpty()
          .noneMatch(line -> line.contains("com.google.crypto.tink"))
          .noneMatch(line -> line.contains("org.bouncycastle"));
      Files.delete(log);
    }
  }

  /** Whether no archive of Java 17 can hold the class: a proxy, an accessor, a spun form. */
  private static boolean madeWhileRunning(String line) {
    return line.contains("$$Lambda")
        || line.contains("LambdaForm")
        || line.contains("$Proxy")
        || line.contains("Accessor");
  }

  private Set<String> seen(PostgresServer server, String database, String keys, String bucket)
      throws Exception {
    String vault = folder.resolve("vault").toString();
    String source = server.uri(database);
    String target = server.uri(server.createDatabase());
    String encrypted = encryptedVault();
    String identity = folder.resolve("identity").toString();
    List<List<String>> commands =
        List.of(
            List.of("backup", "--init", source, vault),
            List.of("backup", "-q", source, vault),
            List.of("restore", vault, target),
            List.of("check", "--read-data", vault),
            List.of("list", vault),
            List.of("show", vault),
            List.of("cat", "--format", "json", vault, "*.people"),
            List.of("backup", source, encrypted),
            List.of("cat", "--identity", identity, encrypted, "*.people"),
            List.of("backup", "--init", keys, folder.resolve("keys").toString()),
            List.of("backup", "--init", source, bucket),
            List.of("list", bucket),
            List.of("cat", bucket, "*.people"),
            List.of("help", "backup"),
            List.of("lst"));
    Set<String> lines = new LinkedHashSet<>();
    lines.add("# Classes that commands load, in their order; StartupClassesIT writes this file.");
    for (List<String> command : commands) {
      Path list = folder.resolve("list");
      run("never", "-XX:DumpLoadedClassList=" + list, command.toArray(String[]::new));
      try (Stream<String> seen = Files.lines(list)) {
        seen.filter(line -> !line.startsWith("#") && !line.contains("source:")).forEach(lines::add);
      }
      Files.delete(list);
    }
    return lines;
  }

  private int run(String archive, String option, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Launcher.HOME.resolve("bin/godwit").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile());
    builder.environment().put("GODWIT_ARCHIVE", archive);
    builder.environment().put("GODWIT_JAVA_OPTS", option);
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().put("AWS_ACCESS_KEY_ID", S3Server.KEY);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET);
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    return builder.start().waitFor();
  }
}
