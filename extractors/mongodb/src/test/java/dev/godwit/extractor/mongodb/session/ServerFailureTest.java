package dev.godwit.extractor.mongodb.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.Role;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What a server's refusal is told as. */
class ServerFailureTest {
  private final ServerFailure failures =
      new ServerFailure(Role.SOURCE, "127.0.0.1:27017", true, new Cancellation());

  private GodwitException told(int code, String message) {
    return told(failures, code, message);
  }

  private static GodwitException told(ServerFailure failures, int code, String message) {
    BsonDocument answer = BsonDocument.parse("{ok: 0, code: " + code + "}");
    answer.append("errmsg", new org.bson.BsonString(message));
    return failures.of(
        "cannot read shop.orders", new MongoCommandException(answer, new ServerAddress()));
  }

  @Test
  void aSnapshotWindowThatHasPassedIsToldHowToWiden() {
    GodwitException failure = told(ServerFailure.SNAPSHOT_TOO_OLD, "Read timestamp is too old.");
    assertThat(failure.getMessage())
        .isEqualTo("cannot read shop.orders: Read timestamp is too old");
    assertThat(failure.hint().orElseThrow())
        .contains("minSnapshotHistoryWindowInSeconds", "consistency=partition");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aRightThatIsLackingIsNamed() {
    assertThat(told(ServerFailure.UNAUTHORIZED, "not authorized on shop").hint().orElseThrow())
        .contains("backup", "restore");
  }

  /** Nothing listens at port 1, and the words of the driver's selectors help nobody. */
  @Test
  void whyNoServerIsReachedIsTold() {
    try (MongoClient client =
        MongoClients.create("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=5000")) {
      assertThatThrownBy(
              () -> client.getDatabase("shop").runCommand(BsonDocument.parse("{ping: 1}")))
          .isInstanceOfSatisfying(
              MongoTimeoutException.class,
              e ->
                  assertThat(failures.of("cannot read shop", e).getMessage())
                      .isEqualTo(
                          "127.0.0.1:27017 cannot be reached, or the connection was lost:"
                              + " Connection refused"));
    }
  }

  @Test
  void aServerThatWantsALoginIsNotReachedWithoutOne() {
    ServerFailure nobody =
        new ServerFailure(Role.TARGET, "127.0.0.1:27017", false, new Cancellation());
    GodwitException failure =
        told(nobody, ServerFailure.UNAUTHORIZED, "command find requires authentication");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.TARGET_UNREACHABLE);
    assertThat(failure.hint().orElseThrow()).contains("mongodb://user@host");
  }
}
