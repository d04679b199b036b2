package dev.godwit.extractor.mongodb.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocumentsAheadTest {
  private static final int DOCUMENTS = 3000;
  private static MongoCollection<RawBsonDocument> collection;
  private final Cancellation cancellation = new Cancellation();

  /** 30 MB: several times what is read ahead. */
  @BeforeAll
  static void fill() {
    MongoServer server = MongoServer.shared();
    collection = server.collection(server.freeName(), "things");
    List<RawBsonDocument> together = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      BsonDocument document =
          new BsonDocument("_id", new BsonInt32(i))
              .append("body", new BsonBinary(new byte[10_000]));
      together.add(new RawBsonDocument(document, new BsonDocumentCodec()));
      if (together.size() == 500) {
        var ignored = collection.insertMany(together);
        together.clear();
      }
    }
  }

  private DocumentsAhead ahead(Iterator<Leg> legs) {
    return new DocumentsAhead(
        "things",
        new DocumentCursor(
            new DocumentCursor.Query(collection, legs, Optional.empty(), true, false, 400),
            Optional.empty()),
        cancellation);
  }

  /** All documents, then what else there is. */
  private static Iterator<Leg> allAndThen(Supplier<Leg> last) {
    return Stream.<Supplier<Leg>>of(() -> Leg.ALL, last).map(Supplier::get).iterator();
  }

  private static boolean readerLives() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("godwit-ahead-things"));
  }

  @Test
  void everyDocumentComesInOrder() {
    try (DocumentsAhead ahead = ahead(List.of(Leg.ALL).iterator())) {
      for (int i = 0; i < DOCUMENTS; i++) {
        assertThat(ahead.next().getInt32("_id").getValue()).isEqualTo(i);
      }
      assertThat(ahead.next()).isNull();
    }
    assertThat(readerLives()).isFalse();
  }

  @Test
  void closingEndsAReaderThatWaitsForRoom() {
    try (DocumentsAhead ahead = ahead(List.of(Leg.ALL).iterator())) {
      assertThat(ahead.next().getInt32("_id").getValue()).isZero();
      assertThat(readerLives()).isTrue();
    }
    assertThat(readerLives()).isFalse();
  }

  @Test
  void aFailureComesAfterWhatWasReadBeforeIt() {
    Iterator<Leg> legs =
        allAndThen(
            () -> {
              throw new MongoException("broken");
            });
    try (DocumentsAhead ahead = ahead(legs)) {
      // What was not yet handed over when it failed may be lost with it: the partition is anyway.
      int met = 0;
      try {
        while (ahead.next() != null) {
          met++;
        }
      } catch (MongoException e) {
        assertThat(e).hasMessage("broken");
        met = -met;
      }
      assertThat(met).isBetween(-DOCUMENTS, -DOCUMENTS + 200);
    }
  }

  @Test
  void anErrorOfTheReaderIsNotWaitedFor() {
    Iterator<Leg> legs =
        allAndThen(
            () -> {
              throw new OutOfMemoryError("no more");
            });
    try (DocumentsAhead ahead = ahead(legs)) {
      assertThatThrownBy(
              () -> {
                while (ahead.next() != null) {
                  // to where it fails
                }
              })
          .isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void cancellingWakesWhoWaits() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    Iterator<Leg> legs =
        allAndThen(
            () -> {
              waiting.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new MongoException("interrupted", e);
              }
              return Leg.ALL;
            });
    try (DocumentsAhead ahead = ahead(legs)) {
      Thread canceller =
          new Thread(
              () -> {
                try {
                  waiting.await();
                } catch (InterruptedException e) {
                  return;
                }
                cancellation.cancel(ExitCode.INTERRUPTED);
              });
      canceller.start();
      assertThatThrownBy(
              () -> {
                while (ahead.next() != null) {
                  // to the end, which never comes
                }
              })
          .isInstanceOf(CancelledException.class);
      canceller.join();
    }
    assertThat(readerLives()).isFalse();
  }
}
