package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.godwit.cli.Invocation;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.sample.OddDocuments;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.mongo.RanAgainst;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The commands on a database of documents: there, and back again to the byte. */
@ExtendWith(RanAgainst.class)
class MongoWholeWayTest {
  @TempDir static Path folder;
  private static final MongoServer server = MongoServer.shared();
  private static final String shop = server.freeName();
  private static final List<String> odd = new ArrayList<>();
  private static String vault;
  private static Invocation backup;

  @BeforeAll
  static void backUp() {
    // The stand-in logs each command that it does not know.
    ((Logger) LoggerFactory.getLogger("de.bwaldvogel")).setLevel(Level.OFF);
    for (Map.Entry<String, byte[]> one : OddDocuments.plain().entrySet()) {
      if (!breaks(one.getKey()) && server.insert(shop, "odd", one.getValue())) {
        odd.add(one.getKey());
      }
    }
    assertThat(server.insert(shop, "large", OddDocuments.ofSize(1, 15 << 20))).isTrue();
    assertThat(server.insert(shop, "large", OddDocuments.ofSize(2, 9 << 20))).isTrue();
    for (int i = 0; i < 500; i++) {
      assertThat(server.insert(shop, "orders", OddDocuments.ofSize(i, 4000))).isTrue();
    }
    server.ask(shop, "{create: 'nothing'}");
    server.ask(
        shop,
        "{createIndexes: 'orders', indexes: [{key: {data: 1, _id: -1}, name: 'both', sparse: true},"
            + " {key: {seen: 1}, name: 'seen', expireAfterSeconds: 3600}]}");
    // A file of GridFS is two collections like any other.
    server.insert(shop, "fs.files", OddDocuments.ofSize(1, 100));
    server.insert(shop, "fs.chunks", OddDocuments.ofSize(1, 5000));
    vault = folder.resolve("vault").toString();
    backup =
        Invocation.of("backup", "--init", server.uri(shop) + option("partition-size=1"), vault);
    System.out.println(server.describe() + " keeps these odd documents: " + odd);
  }

  /** What the stand-in closes the connection at, or gives back otherwise than it came. */
  static boolean breaks(String what) {
    return MongoServer.shared().standIn()
        && (what.startsWith("binary")
            || Set.of(
                    "symbol",
                    "pointer",
                    "code with scope",
                    "same name twice",
                    "NaN with a payload",
                    "signalling NaN",
                    "text that is not UTF-8",
                    "array with names",
                    "undefined")
                .contains(what));
  }

  private static String option(String option) {
    return (server.uri(shop).contains("?") ? "&" : "?") + option;
  }

  @Test
  void aBackupTellsWhatItReached() {
    assertThat(backup.err()).contains("snapshot ", "6 datasets");
    assertThat(backup.status()).as(backup.err()).isZero();
    assertThat(Invocation.of("show", vault).out()).contains("FUZZY", shop + ".\"fs.files\"");
  }

  @Test
  void everyDocumentComesBackToTheByte() {
    String copy = server.freeName();
    Invocation done = Invocation.of("restore", vault, server.uri(copy));
    assertThat(done.status()).as(done.err()).isZero();
    for (String collection : List.of("odd", "large", "orders", "fs.files", "fs.chunks")) {
      Set<Bytes> before = server.documents(shop, collection);
      assertThat(before).isNotEmpty();
      assertThat(server.documents(copy, collection).equals(before)).as(collection).isTrue();
    }
    assertThat(server.ask(copy, "{listCollections: 1}"))
        .contains("\"nothing\"")
        .doesNotContain("_godwit");
    assertThat(server.ask(copy, "{listIndexes: 'orders'}"))
        .contains("\"both\"", "\"sparse\": true", "\"expireAfterSeconds\": 3600");
    assertThat(odd).hasSizeGreaterThan(20);
  }

  @Test
  void oneCollectionIsRestoredUnderAnotherName() {
    String copy = server.freeName();
    Invocation done =
        Invocation.of(
            "restore", vault, server.uri(copy), "--include", "orders", "--rename", "orders=old");
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(server.documents(copy, "old")).isEqualTo(server.documents(shop, "orders"));
    assertThat(server.documents(copy, "large")).isEmpty();
  }

  @Test
  void aRestoreThatIsToldNoDatabaseIsHeldAgainstThatWhichItWrote() {
    String name = server.freeName();
    server.insert(name, "orders", OddDocuments.ofSize(1, 100));
    String own = folder.resolve("own vault").toString();
    assertThat(Invocation.of("backup", "--init", server.uri(name), own).status()).isZero();
    server.drop(name); // others stay: that of all these tests
    Invocation done = Invocation.of("restore", "--verify", own, server.uri(""));
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.err()).contains("verified: the same as the snapshot in 1 dataset, 1 row");
    server.drop(name);
  }

  @Test
  void aSecondBackupAddsNothing() {
    Invocation again =
        Invocation.of("backup", server.uri(shop) + option("partition-size=1"), vault, "--json");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.out()).contains("\"event\":\"end\"");
    assertThat(Invocation.of("check", vault, "--read-data").status()).isZero();
  }

  @Test
  void whatIsThereIsNotWrittenOver() {
    Invocation done = Invocation.of("restore", vault, server.uri(shop), "--include", "odd");
    assertThat(done.status()).isEqualTo(1);
    assertThat(done.err()).contains("collection " + shop + ".odd is there already", "if-exists");
  }

  @Test
  void documentsThatAreThereStayOrGiveWayWhenTold() {
    String copy = server.freeName();
    byte[] theirs = OddDocuments.ofSize(7, 4001);
    server.insert(copy, "orders", theirs);
    for (String told : List.of("keep", "replace")) {
      Invocation done =
          Invocation.of(
              "restore", vault, server.uri(copy), "--if-exists=" + told, "--include", "orders");
      Set<Bytes> expected = new HashSet<>(server.documents(shop, "orders"));
      if (told.equals("keep")) {
        expected.remove(new Bytes(OddDocuments.ofSize(7, 4000)));
        expected.add(new Bytes(theirs));
      }
      assertThat(server.documents(copy, "orders").equals(expected)).as(done.err()).isTrue();
    }
  }

  @Test
  void usersAndRolesGoAlongOrTheServerIsSaidNotToShowThem() {
    Invocation done = Invocation.of("backup", "--roles", server.uri(shop), vault);
    assertThat(done.status()).as(done.err()).isEqualTo(server.standIn() ? 1 : 0);
    if (server.standIn()) {
      assertThat(done.err()).contains("cannot read the roles of '" + shop);
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNoEmptyBackup() {
    Invocation done = Invocation.of("backup", server.uri("no_such_database"), vault);
    assertThat(done.status()).isEqualTo(20);
    assertThat(done.err()).contains("no_such_database");
  }

  @Test
  void aPasswordIsNeverShown() {
    Invocation done =
        Invocation.in(
            Map.of("GODWIT_SOURCE_PASSWORD", "s3cr3t/@x"),
            "backup",
            "--debug",
            "mongodb://bob@127.0.0.1:1/x?serverSelectionTimeoutMS=200",
            vault);
    assertThat(done.status()).isEqualTo(20);
    assertThat(done.err() + done.out()).doesNotContain("s3cr3t");
    Invocation bad =
        Invocation.of("backup", "mongodb://bob:s3cr3t@127.0.0.1:1/x?tls=true&ssl=false", vault);
    assertThat(bad.status()).isNotZero();
    assertThat(bad.err() + bad.out()).doesNotContain("s3cr3t");
  }
}
