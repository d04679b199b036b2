package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.s3.S3Server;
import dev.godwit.testkit.server.sftp.SftpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vaults in an S3 bucket and on an SFTP server: everything that a folder of this machine takes. */
class FarVaultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Database shop;
  private static S3Server s3;
  private static SftpServer sftp;
  private static Path known;

  @BeforeAll
  static void start() throws Exception {
    shop = Database.withShop();
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    System.setProperty("aws.disableEc2Metadata", "true");
    s3 = S3Server.start();
    sftp = SftpServer.start(Files.createDirectory(folder.resolve("root")));
    known = folder.resolve("known");
    sftp.writeKnownHosts(known, sftp.port());
  }

  @AfterAll
  static void stop() throws Exception {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    s3.close();
    sftp.close();
  }

  private static String sftpUri(String path, Path hosts) {
    return "sftp://"
        + SftpServer.USER
        + "@127.0.0.1:"
        + sftp.port()
        + path
        + "?agent=none&known-hosts="
        + hosts;
  }

  private static Invocation run(String... arguments) {
    return Invocation.in(Map.of("GODWIT_VAULT_PASSWORD", SftpServer.PASSWORD), arguments);
  }

  private static Invocation done(String... arguments) {
    Invocation done = run(arguments);
    assertThat(done.status()).as("%s", done.err()).isZero();
    assertThat(done.err() + done.out()).doesNotContain(S3Server.SECRET, SftpServer.PASSWORD);
    return done;
  }

  private static void wholeWay(String vault, String shown) throws Exception {
    assertThat(done("init", vault).err()).contains("made vault ", " in " + shown);
    assertThat(run("init", vault).err()).contains(shown + " is a vault already");
    done("backup", shop.uri(), vault);
    JsonNode second = JSON.readTree(lastLine(done("backup", "--json", shop.uri(), vault).out()));
    assertThat(second.findValue("new_bytes").asLong()).as("%s", second).isZero();
    JsonNode listed = JSON.readTree(done("list", "--json", vault).out());
    assertThat(listed.get("snapshots")).hasSize(2);
    done("check", "--read-data", vault);
    assertThat(done("show", vault).out()).contains("public.orders");
    assertThat(done("cat", vault, "customers").out().lines()).hasSize(500);
    assertThat(done("compare", shop.uri(), vault).status()).isZero();
    Database copy = Database.missing();
    done("restore", "--create", vault, copy.uri());
    assertThat(copy.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
    assertThat(copy.fingerprint("customers")).isEqualTo(shop.fingerprint("customers"));
  }

  private static String lastLine(String text) {
    return text.lines().reduce((earlier, later) -> later).orElse("");
  }

  @Test
  void aVaultOnAServerOfThisMachineIsKnownByItsPathToo() {
    String address = sftpUri("/srv/same", known);
    String path = folder.resolve("root/srv/same").toString();
    done("backup", "--init", shop.uri(), path);
    for (String[] sides : new String[][] {{address, path}, {path, address}}) {
      Invocation copy = run("copy", "--all", sides[0], sides[1]);
      assertThat(copy.err()).contains("both vaults are ", "also known as ");
      assertThat(copy.status()).isEqualTo(2);
    }
  }

  @Test
  void aVaultInABucketIsAVault() throws Exception {
    wholeWay(s3.uri("deep/shop"), "s3://" + s3.bucket() + "/deep/shop");
  }

  @Test
  void aVaultOnAnSftpServerIsAVault() throws Exception {
    wholeWay(
        sftpUri("/srv/shop", known),
        "sftp://" + SftpServer.USER + "@127.0.0.1:" + sftp.port() + "/srv/shop");
    try (var left = Files.list(folder.resolve("root/srv/shop"))) {
      assertThat(left.map(f -> f.getFileName().toString()))
          .contains("vault.json", "volumes", "snapshots");
    }
    try (var left = Files.walk(folder.resolve("root/srv/shop/work"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void snapshotsAreCopiedBetweenAnyTwo() throws Exception {
    String here = folder.resolve("copied").toString();
    String bucket = s3.uri("copied");
    String host = sftpUri("/srv/copied", known);
    done("backup", "-q", "--init", shop.uri(), here);
    String first = here;
    for (String vault : List.of(bucket, host, folder.resolve("back").toString())) {
      done("init", vault);
      assertThat(done("copy", "--all", first, vault).err()).contains("1 snapshot copied");
      assertThat(done("copy", "--all", first, vault).err())
          .contains("is there already", "nothing copied");
      done("check", "--read-data", vault);
      assertThat(done("cat", vault, "orders").out()).isEqualTo(done("cat", here, "orders").out());
      first = vault;
    }
    assertThat(done("copy", first, here).err()).contains("is there already");
    JsonNode listed = JSON.readTree(done("list", "--json", first).out()).get("snapshots").get(0);
    JsonNode original = JSON.readTree(done("list", "--json", here).out()).get("snapshots").get(0);
    assertThat(listed.at("/copied_from/snapshot")).isEqualTo(original.get("id"));
    assertThat(listed.get("finished")).isEqualTo(original.get("finished"));
  }

  @Test
  void aPlaceWithoutAVaultIsNone() {
    Invocation list = run("list", s3.uri(UUID.randomUUID().toString()));
    assertThat(list.status()).isEqualTo(10);
    assertThat(list.err()).contains("there is no vault at s3://" + s3.bucket());
    assertThat(run("list", sftpUri("/none", known)).status()).isEqualTo(10);
    assertThat(folder.resolve("root/none")).doesNotExist();
  }

  @Test
  void aBucketThatIsMissingIsToldInOneLine() {
    String uri = s3.uri("p").replace(s3.bucket(), "no-such-bucket");
    Invocation init = run("init", uri);
    assertThat(init.status()).isEqualTo(10);
    assertThat(init.errorLines()).hasSize(2);
    assertThat(init.err()).contains("there is no such bucket");
  }

  @Test
  void aLoginInAnS3AddressIsRefused() {
    Invocation init = run("init", "s3://AKIA:secret-word@bucket/p");
    assertThat(init.status()).isEqualTo(2);
    assertThat(init.err()).doesNotContain("secret-word").contains("AWS_ACCESS_KEY_ID");
  }

  @Test
  void aServerThatIsNotKnownIsRefused() {
    Invocation init = run("init", sftpUri("/srv/other", folder.resolve("nobody")));
    assertThat(init.status()).isEqualTo(1);
    assertThat(init.errorLines()).hasSize(2);
    assertThat(init.err()).contains("is not among the known hosts: SHA256:", "ssh-keyscan");
  }

  @Test
  void anOptionThatIsNotKnownIsTold() {
    Invocation init = run("init", s3.uri("p") + "&path-stile=true");
    assertThat(init.status()).isEqualTo(2);
    assertThat(init.err()).contains("unknown option 'path-stile'", "storage-class");
  }
}
