package dev.godwit.storage.s3;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.contract.StorageContract;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class S3StorageTest extends StorageContract {
  private static S3Server server;
  private String prefix;

  @BeforeAll
  static void start() throws IOException {
    Places.login();
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Storage openEmpty() {
    prefix = "vaults/" + UUID.randomUUID();
    return openAgain();
  }

  @Override
  protected Storage openAgain() {
    return Places.open(server.bucket(), prefix, server.endpoint(), "");
  }
}
