package dev.godwit.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.storage.RetainedException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that an object lock, or the lack of a right, holds. */
class S3RetentionTest {
  private static final Fault NONE = new Fault.None();
  private static final String VOLUME = "volumes/ab/x";
  private static final String LOCKED = "x-amz-object-lock-retain-until-date";

  private final String prefix = UUID.randomUUID().toString();
  private S3Server server;
  private FaultyNetwork network;

  @BeforeEach
  void start() throws IOException {
    Places.login();
    server = S3Server.start();
    network = new FaultyNetwork(server.port());
    try (Storage storage = open("")) {
      storage.replace(VOLUME, new byte[] {1, 2, 3});
    }
  }

  @AfterEach
  void stop() {
    network.close();
    server.close();
  }

  private Storage open(String more) {
    return Places.open(server.bucket(), prefix, network.endpoint(), more);
  }

  @Test
  void aDeletionThatTheLockForbidsSaysUntilWhen() throws IOException {
    network.rule(
        asked ->
            asked.method().equals("DELETE")
                ? new Fault.Answered(403, "AccessDenied")
                : asked.method().equals("HEAD")
                    ? new Fault.Told(LOCKED, "2031-01-02T03:04:05Z")
                    : NONE);
    try (Storage storage = open("")) {
      assertThatThrownBy(() -> storage.delete(VOLUME))
          .isInstanceOfSatisfying(
              RetainedException.class,
              e -> assertThat(e.until()).contains(Instant.parse("2031-01-02T03:04:05Z")))
          .hasMessageContaining("retained until");
      assertThat(storage.stat(VOLUME).size()).isEqualTo(3);
    }
  }

  @Test
  void aDeletionThatAPolicyForbidsIsToldToo() throws IOException {
    network.rule(
        asked -> asked.method().equals("DELETE") ? new Fault.Answered(403, "AccessDenied") : NONE);
    try (Storage storage = open("")) {
      assertThatThrownBy(() -> storage.delete(VOLUME))
          .isInstanceOfSatisfying(RetainedException.class, e -> assertThat(e.until()).isEmpty())
          .hasMessageContaining("may not be deleted here");
    }
  }

  @Test
  void aLockedObjectIsNotHiddenBehindAMarker() throws IOException {
    network.rule(
        asked ->
            asked.method().equals("HEAD") ? new Fault.Told(LOCKED, "2031-01-02T03:04:05Z") : NONE);
    try (Storage storage = open("&object-lock=governance:30d")) {
      assertThatThrownBy(() -> storage.delete(VOLUME)).isInstanceOf(RetainedException.class);
      assertThat(network.seen()).noneMatch(asked -> asked.method().equals("DELETE"));
      storage.delete("locks/none");
    }
  }

  @Test
  void aLockThatIsOverHoldsNothing() throws IOException {
    network.rule(
        asked ->
            asked.method().equals("HEAD") ? new Fault.Told(LOCKED, "2021-01-02T03:04:05Z") : NONE);
    try (Storage storage = open("&object-lock=governance:30d")) {
      storage.delete(VOLUME);
      assertThat(network.seen()).anyMatch(asked -> asked.is("DELETE", VOLUME));
    }
  }
}
