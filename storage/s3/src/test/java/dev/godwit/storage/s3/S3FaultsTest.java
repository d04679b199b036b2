package dev.godwit.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.FaultyNetwork.Asked;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network and a server that fail, and what comes of it. */
class S3FaultsTest {
  private static final Fault NONE = new Fault.None();
  private static S3Server server;
  private FaultyNetwork network;
  private S3Storage storage;

  @BeforeAll
  static void start() throws IOException {
    Places.login();
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    network = new FaultyNetwork(server.port());
    storage = Places.open(server.bucket(), UUID.randomUUID().toString(), network.endpoint(), "");
  }

  @AfterEach
  void close() {
    storage.close();
    network.close();
  }

  /** The fault strikes the first requests that it is for, then no more. */
  private AtomicInteger first(int times, Predicate<Asked> wanted, Fault fault) {
    AtomicInteger struck = new AtomicInteger();
    network.rule(asked -> wanted.test(asked) && struck.getAndIncrement() < times ? fault : NONE);
    return struck;
  }

  private static byte[] content(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] big() {
    byte[] big = new byte[20 << 20];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i * 31 + (i >> 13));
    }
    return big;
  }

  private void writeBig(byte[] big) throws IOException {
    try (StorageWriter writer = storage.create("volumes/big")) {
      writer.write(ByteBuffer.wrap(big));
      writer.commit();
    }
  }

  private byte[] read(String path, int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    assertThat(storage.read(path, 0, into)).isEqualTo(length);
    return into.array();
  }

  private List<String> list() throws IOException {
    try (Stream<Storage.StoredFile> files = storage.list("")) {
      return files.map(Storage.StoredFile::path).toList();
    }
  }

  @Test
  void partsThatFailAreSentAgain() throws IOException {
    byte[] big = big();
    for (Fault fault :
        List.of(
            new Fault.Answered(500, "InternalError"),
            new Fault.Answered(503, "SlowDown"),
            new Fault.Answered(429, "TooManyRequests"),
            new Fault.Broken(),
            new Fault.AnswerLost(),
            new Fault.RequestBent())) {
      AtomicInteger struck = first(2, asked -> asked.is("PUT", "partNumber"), fault);
      writeBig(big);
      assertThat(struck).as("%s", fault).hasValueGreaterThanOrEqualTo(5);
      assertThat(Arrays.equals(read("volumes/big", big.length), big)).as("%s", fault).isTrue();
      assertThat(list()).containsExactly("volumes/big");
    }
  }

  @Test
  void bytesThatAreBentOnTheirWayAreNeverStored() throws IOException {
    assertThat(list()).isEmpty();
    AtomicInteger struck = first(1, asked -> asked.is("PUT", "small"), new Fault.RequestBent());
    storage.replace("small", content("0123456789"));
    assertThat(struck).hasValue(2);
    assertThat(read("small", 10)).isEqualTo(content("0123456789"));
    network.rule(asked -> asked.is("PUT", "") ? new Fault.RequestBent() : NONE);
    assertThatThrownBy(() -> storage.replace("small", content("abcdefghij")))
        .isInstanceOfAny(IOException.class, GodwitException.class);
    assertThat(read("small", 10)).isEqualTo(content("0123456789"));
  }

  @Test
  void anUploadThatSucceededThoughItWasSaidToHaveFailedCounts() throws IOException {
    byte[] big = big();
    for (Fault fault : List.of(new Fault.AnswerLost(), new Fault.Denied(500, "InternalError"))) {
      first(1, asked -> asked.is("POST", "uploadId"), fault);
      writeBig(big);
      assertThat(Arrays.equals(read("volumes/big", big.length), big)).isTrue();
      assertThat(list()).containsExactly("volumes/big");
      storage.delete("volumes/big");
    }
  }

  @Test
  void ofACreationWhoseAnswerWasLostTheCreatorKnows() throws IOException {
    assertThat(storage.createIfAbsent("first", content("1"))).isTrue();
    first(1, asked -> asked.is("PUT", "second"), new Fault.AnswerLost());
    assertThat(storage.createIfAbsent("second", content("1"))).isTrue();
    first(1, asked -> asked.is("PUT", "third"), new Fault.Denied(500, "InternalError"));
    assertThat(storage.createIfAbsent("third", content("1"))).isTrue();
    first(1, asked -> asked.is("PUT", "third"), new Fault.AnswerLost());
    assertThat(storage.createIfAbsent("third", content("1"))).isFalse();
  }

  @Test
  void answersThatAreCutAreAskedForAgain() throws IOException {
    byte[] big = big();
    writeBig(big);
    AtomicInteger struck =
        first(3, asked -> asked.is("GET", "volumes/big"), new Fault.CutAfter(100_000));
    assertThat(Arrays.equals(read("volumes/big", big.length), big)).isTrue();
    assertThat(struck).hasValue(4);
  }

  @Test
  void anUploadThatFailsForGoodLeavesNothing() throws IOException {
    network.rule(
        asked -> asked.is("PUT", "partNumber=2") ? new Fault.Answered(400, "BadRequest") : NONE);
    assertThatThrownBy(() -> writeBig(big()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BadRequest");
    assertThat(list()).isEmpty();
    assertThat(network.seen()).anyMatch(asked -> asked.is("DELETE", "uploadId"));
  }

  @Test
  void deletingTheNoteOfADeadWriterEndsItsUpload() throws IOException {
    StorageWriter dead = storage.create("volumes/big");
    dead.write(ByteBuffer.wrap(big()));
    List<String> left = list();
    assertThat(left).hasSize(1);
    storage.delete(left.get(0));
    assertThat(network.seen()).anyMatch(asked -> asked.is("DELETE", "uploadId"));
    assertThatThrownBy(dead::commit).isInstanceOf(IOException.class);
    dead.close();
    assertThat(list()).isEmpty();
  }

  @Test
  void listsOfShortPagesAreWhole() throws IOException {
    try (S3Server open = S3Server.startOpen();
        FaultyNetwork changing = new FaultyNetwork(open.port())) {
      try (S3Storage short_ = Places.open(open.bucket(), "p", changing.endpoint(), "")) {
        for (int i = 10; i < 30; i++) {
          short_.replace("many/" + i, content("x"));
        }
        changing.rule(
            asked -> asked.is("GET", "list-type=2") ? new Fault.Asked("max-keys", "2") : NONE);
        try (Stream<Storage.StoredFile> files = short_.list("many")) {
          assertThat(files).hasSize(20);
        }
        assertThat(changing.seen().stream().filter(asked -> asked.is("GET", "list-type=2")))
            .hasSizeGreaterThanOrEqualTo(10);
      }
    }
  }

  @Test
  void aListThatLagsHidesNoFileThatIsAskedForByName() throws IOException {
    storage.replace("a/1", content("1"));
    assertThat(list()).containsExactly("a/1");
    network.rule(asked -> asked.is("GET", "list-type=2") ? new Fault.Stale() : NONE);
    storage.replace("a/2", content("2"));
    assertThat(list()).containsExactly("a/1");
    assertThat(storage.stat("a/2").size()).isEqualTo(1);
    assertThat(storage.createIfAbsent("a/2", content("3"))).isFalse();
  }

  @Test
  void aServerThatStaysAwayIsToldInOneLine() throws IOException {
    network.close();
    assertThatThrownBy(() -> storage.stat("vault.json"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no answer from the S3 server: ")
        .message()
        .hasLineCount(1);
  }

  @Test
  void whatIsForbiddenIsToldAsSuch() {
    network.rule(asked -> new Fault.Answered(403, "AccessDenied"));
    assertThatThrownBy(() -> storage.list("volumes")).isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> storage.replace("a", content("1")))
        .isInstanceOf(AccessDeniedException.class);
  }
}
