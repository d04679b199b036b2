package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.InstalledProgram;
import dev.godwit.testkit.server.s3.S3Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rclone} copies a vault from a folder into a bucket and back, and each copy is a vault. */
class RcloneTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static S3Server s3;
  private static InstalledProgram rclone;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Server.start();
    rclone =
        InstalledProgram.require(
            "rclone",
            Map.of(
                "RCLONE_CONFIG",
                folder.resolve("none").toString(),
                "RCLONE_S3_PROVIDER",
                "Other",
                "RCLONE_S3_ENDPOINT",
                s3.endpoint(),
                "RCLONE_S3_ACCESS_KEY_ID",
                S3Server.KEY,
                "RCLONE_S3_SECRET_ACCESS_KEY",
                S3Server.SECRET,
                "RCLONE_S3_FORCE_PATH_STYLE",
                "true"));
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    System.setProperty("aws.disableEc2Metadata", "true");
  }

  @AfterAll
  static void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    s3.close();
  }

  private static Invocation done(String... arguments) {
    Invocation done = Invocation.of(arguments);
    assertThat(done.status()).as("%s", done.err()).isZero();
    return done;
  }

  private static int snapshots(String vault) throws Exception {
    JsonNode listed = JSON.readTree(done("list", "--json", vault).out()).get("snapshots");
    return listed.size();
  }

  @Test
  void intoABucketAndBack() throws Exception {
    Database shop = Database.withShop();
    String here = folder.resolve("here").toString();
    done("backup", "-q", "--init", shop.uri(), here);
    String bucket = s3.uri("mirror");
    rclone.run("copy", here, ":s3:" + s3.bucket() + "/mirror");
    done("check", "--read-data", bucket);
    assertThat(snapshots(bucket)).isEqualTo(1);
    Database restored = Database.missing();
    done("restore", "--create", bucket, restored.uri());
    assertThat(restored.fingerprint("orders")).isEqualTo(shop.fingerprint("orders"));
    goesOn(shop, bucket);

    String back = folder.resolve("back").toString();
    rclone.run("copy", ":s3:" + s3.bucket() + "/mirror", back);
    done("check", "--read-data", back);
    assertThat(snapshots(back)).isEqualTo(1);
    assertThat(done("cat", back, "orders").out()).isEqualTo(done("cat", bucket, "orders").out());
    goesOn(shop, back);
  }

  /** A backup finds the blocks that were copied; a prune leaves it alone. */
  private static void goesOn(Database shop, String vault) throws Exception {
    String told = done("backup", "--json", shop.uri(), vault).out();
    JsonNode last = JSON.readTree(told.lines().reduce((a, b) -> b).orElseThrow());
    assertThat(last.findValue("new_bytes").asLong()).isZero();
    shop.execute("insert into orders select max(id) + 1, 1, 7, now(), null from orders");
    done("backup", "-q", shop.uri(), vault);
    assertThat(done("prune", vault, "--keep-last", "1").out()).contains("dropped 2 snapshots");
    done("check", "--read-data", vault);
    assertThat(snapshots(vault)).isEqualTo(1);
  }
}
