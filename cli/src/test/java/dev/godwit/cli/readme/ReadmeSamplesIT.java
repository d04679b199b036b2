package dev.godwit.cli.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.redis.RedisServer;
import dev.godwit.testkit.server.s3.S3Server;
import dev.godwit.testkit.server.sftp.SftpServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every `godwit` command of the README, in its order, as a newcomer would type it. */
class ReadmeSamplesIT {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String STORE = "postgresql://shop@localhost:5432/";
  private static final String DOCUMENTS = "mongodb://localhost:27017/";
  private static final String VAULT = "/backups/shop";
  private static final String BUCKET = "s3://my-bucket/shop?region=eu-central-1";
  private static final String SFTP = "sftp://backup@vaults.example.org/srv/shop";

  @TempDir Path folder;

  @Test
  void everySampleRuns() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    String copy = shop + "_copy";
    MongoServer documents = MongoServer.shared();
    String moved = documents.freeName();
    String nested = documents.freeName();
    server.execute(
        shop,
        """
        create table customers (id bigint primary key, name text not null);
        create table orders (id bigint generated always as identity primary key,
          customer_id bigint not null references customers, total numeric(12,2) not null);
        create index orders_customer on orders (customer_id);
        insert into customers select i, 'customer ' || i from generate_series(1, 100) i;
        insert into orders (customer_id, total) select 1 + i % 100, i * 1.25 from generate_series(1, 5000) i;
        """);

    RedisServer cache = RedisServer.start();
    String readme = Files.readString(Path.of("..", "README.md"));
    List<String> samples = samples(readme);
    assertThat(samples).hasSizeGreaterThan(6);
    StringBuilder script = new StringBuilder("set -eu\n");
    for (String sample : samples) {
      script
          .append("echo '$ ")
          .append(sample.replace("'", "'\\''"))
          .append("' >&2\n")
          .append(sample)
          .append('\n');
    }
    String here =
        script
            .toString()
            .replace(STORE + "shop_copy", server.uri(copy))
            .replace(STORE + "shop", server.uri(shop))
            .replace(DOCUMENTS + "shop", documents.uri(moved))
            .replace(DOCUMENTS + "nested", documents.uri(nested))
            .replace("redis://localhost:6379", cache.uri())
            .replace(VAULT, folder.resolve("vault").toString())
            .replace("~/shop.", folder.resolve("shop.").toString());
    Path known = folder.resolve("known");
    try (S3Server s3 = S3Server.start();
        SftpServer sftp = SftpServer.start(Files.createDirectory(folder.resolve("root")))) {
      sftp.writeKnownHosts(known, sftp.port());
      String overSftp =
          String.format(
              "sftp://%s@127.0.0.1:%d/srv/shop?agent=none\\&known-hosts=%s",
              SftpServer.USER, sftp.port(), known);
      String there =
          here.replace(BUCKET, s3.uri("shop") + "&region=eu-central-1").replace(SFTP, overSftp);
      Process process = bash(there);
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      assertThat(folder.resolve("root/srv/shop/vault.json")).exists();
    }

    assertThat(count(server, copy, "orders")).isEqualTo(5000);
    assertThat(count(server, shop, "orders_yesterday")).isEqualTo(5000);
    assertThat(documents.ask(moved, "{count: 'orders'}")).contains("\"n\": 5000");
    assertThat(documents.ask(nested, "{count: 'people'}")).contains("\"n\": 100");
    assertThat(cache.text("HGET", "customer:7", "name")).isEqualTo("customer 7");
    cache.call("SELECT", "1");
    assertThat(cache.text("GET", "basket:7")).startsWith("{\"id\":7,\"name\":\"customer 7\"");
    cache.close();
  }

  private static List<String> samples(String readme) {
    List<String> samples = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(readme);
    while (blocks.find()) {
      for (String line : blocks.group(1).replace("\\\n", " ").lines().toList()) {
        // Those between servers of keys have tests of their own, for machines that have such.
        if (line.startsWith("godwit ") && !line.contains("/cache") && !line.contains("//old")) {
          samples.add(line);
        }
      }
    }
    return samples;
  }

  private static Process bash(String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
    String launcher = Path.of("target", "godwit", "bin").toAbsolutePath().toString();
    builder.environment().merge("PATH", launcher, (path, bin) -> bin + ":" + path);
    builder.environment().put("AWS_ACCESS_KEY_ID", S3Server.KEY);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET);
    builder.environment().put("GODWIT_VAULT_PASSWORD", SftpServer.PASSWORD);
    return builder.start();
  }

  private static long count(PostgresServer server, String database, String table) throws Exception {
    try (var connection = server.connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
