package dev.godwit.storage.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose login is taken where an address names a profile. */
class ProfileLoginTest {
  private static final String PROFILES = "aws.sharedCredentialsFile";

  @TempDir Path folder;

  private static String profile(String name, String key, String rest) {
    return '[' + name + "]\naws_access_key_id = " + key + '\n' + rest + '\n';
  }

  private static S3Storage open(S3Server server, String profile) {
    return Places.open(server.bucket(), "shop", server.endpoint(), "&profile=" + profile);
  }

  private static void assertRefused(S3Storage storage, String message) {
    assertThatThrownBy(() -> storage.stat("vault.json"))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1)
        .doesNotContain("SOMEBODY", "good", S3Server.SECRET);
  }

  @Test
  void aProfileThatIsNamedGoesAheadOfTheEnvironment() throws IOException {
    Path file = folder.resolve("credentials");
    Files.writeString(
        file,
        profile("other", "SOMEBODY", "aws_secret_access_key = else")
            + profile("good", S3Server.KEY, "aws_secret_access_key = " + S3Server.SECRET)
            + profile("half", "SOMEBODY", ""));
    Places.login();
    System.setProperty(PROFILES, file.toString());
    try (S3Server server = S3Server.start();
        S3Storage good = open(server, "good");
        S3Storage other = open(server, "other");
        S3Storage half = open(server, "half");
        S3Storage none = open(server, "nosuch")) {
      good.replace("vault.json", new byte[1]);
      assertRefused(other, "refused the login");
      assertRefused(half, "there is no login for S3 in the profile half: ");
      assertRefused(none, "there is no login for S3 in the profile nosuch");
    } finally {
      System.clearProperty(PROFILES);
    }
  }
}
