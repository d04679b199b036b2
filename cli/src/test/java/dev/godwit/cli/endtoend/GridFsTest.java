package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of a GridFS bucket, given back out of a vault. */
class GridFsTest {
  private static final MongoServer SERVER = MongoServer.shared();

  @TempDir Path folder;
  private final String database = SERVER.freeName();
  private String vault;

  @BeforeEach
  void make() {
    vault = folder.resolve("vault").toString();
    file(1, "note.txt", 5, 1000);
    file(2, "note.txt", 12, 2000);
    file(3, "empty", 0, 1000);
    file(4, "broken", 8, 1000);
    file(5, "other", 5, 1000);
    // Chunks of five bytes, in no order.
    chunk(10, 2, 2, "d!");
    chunk(11, 1, 0, "older");
    chunk(12, 2, 0, "Hello");
    chunk(13, 2, 1, " worl");
    chunk(14, 4, 1, "end");
    chunk(15, 5, 0, "other");
    assertThat(Invocation.of("backup", "-q", "--init", SERVER.uri(database), vault).status())
        .isZero();
  }

  private void file(int id, String name, int length, int uploaded) {
    insert(
        "fs.files",
        "{_id: %d, filename: '%s', length: {$numberLong: '%d'}, chunkSize: 5, uploadDate: {$date: %d}}"
            .formatted(id, name, length, uploaded));
  }

  private void chunk(int id, int file, int n, String text) {
    String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    insert(
        "fs.chunks",
        "{_id: %d, files_id: %d, n: %d, data: {$binary: {base64: '%s', subType: '00'}}}"
            .formatted(id, file, n, data));
  }

  private void insert(String collection, String document) {
    assertThat(
            SERVER.ask(database, "{insert: '" + collection + "', documents: [" + document + "]}"))
        .contains("\"n\": 1");
  }

  private Invocation cat(String file) {
    return Invocation.of("cat", vault, "fs", "--file", file);
  }

  @Test
  void theLastUploadedOfANameComesWhole() {
    Invocation done = cat("note.txt");
    assertThat(done.err()).isEmpty();
    assertThat(done.out()).isEqualTo("Hello world!");
    assertThat(done.status()).isZero();
    assertThat(cat("empty").out()).isEmpty();
    assertThat(cat("empty").status()).isZero();
    assertThat(Invocation.of("cat", vault, database + ".fs", "--file", "other").out())
        .isEqualTo("other");
  }

  @Test
  void ofAFileThatIsNotWholeNothingIsWritten() {
    Invocation broken = cat("broken");
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err())
        .contains("file 'broken' cannot be put together: chunk 0 of 2 is missing");
    assertThat(broken.status()).isEqualTo(1);
  }

  @Test
  void aBucketWithADotInItsNameStandsInQuotes() {
    insert(
        "old.photos.files",
        "{_id: 1, filename: 'x', length: {$numberLong: '2'}, chunkSize: 5, uploadDate: {$date: 1}}");
    insert(
        "old.photos.chunks",
        "{_id: 1, files_id: 1, n: 0, data: {$binary: {base64: 'aGk=', subType: '00'}}}");
    assertThat(Invocation.of("backup", "-q", SERVER.uri(database), vault).status()).isZero();
    for (String bucket : List.of("\"old.photos\"", database + ".\"old.photos\"")) {
      Invocation done = Invocation.of("cat", vault, bucket, "--file", "x");
      assertThat(done.out()).as(done.err()).isEqualTo("hi");
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    Invocation missing = cat("nothing");
    assertThat(missing.err()).contains("no file 'nothing' in bucket fs", "fs.files");
    assertThat(missing.status()).isEqualTo(2);
    Invocation bucket = Invocation.of("cat", vault, "photos", "--file", "x");
    assertThat(bucket.err()).contains("no dataset '\"photos.files\"'");
    assertThat(bucket.status()).isEqualTo(2);
    Invocation both = Invocation.of("cat", vault, "fs", "--file", "x", "--limit", "1");
    assertThat(both.status()).isEqualTo(2);
  }
}
