package dev.godwit.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.file.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains of records: what is missing or altered is found as long as a later record is there. */
class AuditTest {
  private static final String VAULT = "0123456789abcdef0123456789abcdef";
  private static final Actor ANN = new Actor("ann", "db1", 1);
  private static final Actor BEN = new Actor("ben", "db2", 2);
  private final MemoryStorage storage = new MemoryStorage();

  private AuditLog log(Actor actor, String operation) {
    return new AuditLog(storage, VAULT, AuditSeal.plain(VAULT, actor), actor, operation);
  }

  private void reads(Actor actor) {
    log(actor, "cat").end(new TreeMap<>(), 0, new TreeMap<>());
  }

  private AuditReport report(AuditName... remembered) {
    return new AuditTrail(storage, VAULT, AuditSeal.plain(VAULT, ANN)).read(List.of(remembered));
  }

  private List<AuditName> names() {
    return new TreeSet<>(storage.list("audit").map(StoredFile::path).toList())
        .stream().map(path -> AuditName.at(path).orElseThrow()).toList();
  }

  private byte[] bytes(AuditName name) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) storage.stat(name.path()).size());
    storage.read(name.path(), 0, bytes);
    return bytes.array();
  }

  @Test
  void anOperationHasItsBeginningAndItsEnd() {
    AuditLog backup = log(ANN, "backup");
    backup.begin(new TreeMap<>());
    TreeMap<String, Long> counts = new TreeMap<>();
    counts.put("rows", 7L);
    backup.end(new TreeMap<>(), 3, counts);
    AuditReport report = report();
    assertThat(report.damages()).isEmpty();
    assertThat(report.entries())
        .satisfiesExactly(
            begun -> {
              assertThat(begun.record().state()).isEqualTo("begun");
              assertThat(begun.record().exit()).isNull();
              assertThat(begun.record().who()).isEqualTo(ANN);
            },
            ended -> {
              assertThat(ended.record().state()).isEqualTo("ended");
              assertThat(ended.record().exit()).isEqualTo(3);
              assertThat(ended.record().counts()).containsEntry("rows", 7L);
              assertThat(ended.record().begun())
                  .isEqualTo(report.entries().get(0).name().toString());
            });
  }

  @Test
  void aMissingRecordIsFoundByWhoeverNamesIt() {
    reads(ANN);
    reads(BEN);
    reads(ANN);
    for (AuditName name : names()) {
      byte[] content = storedOf(name);
      boolean last = name.writer().equals(ANN.writer(VAULT)) && name.number() == 2;
      storage.delete(name.path());
      if (last) {
        assertThat(report().damages()).isEmpty(); // nothing names it yet
      } else {
        assertThat(report().damages())
            .singleElement()
            .satisfies(
                damage -> {
                  assertThat(damage.file()).isEqualTo(name.path());
                  assertThat(damage.what()).startsWith("is missing: audit/").endsWith("names it");
                });
      }
      storage.createIfAbsent(name.path(), content);
    }
    assertThat(report().damages()).isEmpty();
  }

  private byte[] storedOf(AuditName name) {
    try {
      return bytes(name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anyBitThatChangedIsFound() throws IOException {
    reads(ANN);
    AuditName name = names().get(0);
    byte[] whole = bytes(name);
    for (int i = 0; i < whole.length; i++) {
      byte[] bent = whole.clone();
      bent[i] ^= (byte) (1 << i % 8);
      storage.replace(name.path(), bent);
      assertThat(report().damages()).hasSize(1);
    }
    for (int length : new int[] {0, 1, whole.length - 1}) {
      storage.replace(name.path(), Arrays.copyOf(whole, length));
      assertThat(report().damages()).hasSize(1);
    }
  }

  @Test
  void aRecordPutElsewhereIsFound() throws IOException {
    reads(ANN);
    AuditName name = names().get(0);
    AuditName moved = new AuditName(BEN.writer(VAULT), 1, name.hash());
    storage.createIfAbsent(moved.path(), bytes(name));
    assertThat(report().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.file()).isEqualTo(moved.path()));
    storage.delete(moved.path());
    AuditReport elsewhere =
        new AuditTrail(storage, VAULT.replace('0', 'f'), AuditSeal.plain(VAULT, ANN))
            .read(List.of());
    assertThat(elsewhere.damages()).hasSize(1);
  }

  @Test
  void oneThatIsWrittenLateIsNamedAllTheSame() {
    reads(ANN);
    reads(ANN);
    reads(ANN);
    AuditName second = names().get(1);
    // Another process took the second number too, and was slow to write.
    byte[] late =
        new String(storedOf(second), StandardCharsets.UTF_8)
            .replace("cat", "dog")
            .getBytes(StandardCharsets.UTF_8);
    AuditName twin = new AuditName(second.writer(), 2, Hash.of(late));
    storage.createIfAbsent(twin.path(), late);
    assertThat(report().damages()).isEmpty();
    reads(ANN);
    storage.delete(twin.path());
    assertThat(report().damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.file()).isEqualTo(twin.path()));
  }

  @Test
  void manyProcessesOfOneWriterAreAllTold() throws Exception {
    int processes = 8;
    int each = 10;
    CyclicBarrier start = new CyclicBarrier(processes);
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    try {
      List<Callable<Void>> work =
          IntStream.range(0, processes)
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        start.await();
                        for (int n = 0; n < each; n++) {
                          AuditLog log = log(new Actor("ann", "db1", i), "backup " + n);
                          log.begin(new TreeMap<>());
                          log.end(new TreeMap<>(), 0, new TreeMap<>());
                        }
                        return null;
                      })
              .toList();
      for (Future<Void> one : threads.invokeAll(work)) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(report().damages()).isEmpty();
    assertThat(report().entries()).hasSize(processes * each * 2);
    reads(BEN);
    for (AuditName name : names()) {
      if (!name.writer().equals(BEN.writer(VAULT))) {
        byte[] content = storedOf(name);
        storage.delete(name.path());
        assertThat(report().damages()).as("%s", name).isNotEmpty();
        storage.createIfAbsent(name.path(), content);
      }
    }
  }

  @Test
  void aVaultThatWasSetBackIsFoundByWhoRemembers(@TempDir Path state) throws IOException {
    reads(ANN);
    List<AuditName> kept = names();
    AuditLog backup = log(ANN, "backup");
    backup.begin(new TreeMap<>());
    SeenHeads seen = new SeenHeads(state, VAULT, "/backups/shop");
    assertThat(seen.names()).isEmpty();
    seen.remember(backup.heads());
    List<AuditName> after = new ArrayList<>(names());
    after.removeAll(kept);
    after.forEach(name -> storage.delete(name.path()));
    assertThat(report().damages()).isEmpty();
    assertThat(report(seen.names().toArray(AuditName[]::new)).damages())
        .singleElement()
        .satisfies(
            damage -> assertThat(damage.what()).isEqualTo("is missing: this machine has seen it"));
    AuditLog next = log(BEN, "cat");
    next.end(new TreeMap<>(), 0, new TreeMap<>());
    assertThat(next.gone(seen.names())).isEqualTo(after);
    assertThat(next.gone(kept)).isEmpty();
  }

  /** Records under a key, as an encrypted vault has them: who does not hold it forges none. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Keyed(String writer, byte[] key) implements AuditSeal {
    private byte[] mac(byte[] of) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(of);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public byte[] seal(byte[] record) {
      return ByteBuffer.allocate(32 + record.length).put(mac(record)).put(record).array();
    }

    @Override
    public byte[] open(String of, byte[] stored) throws BentRecordException {
      byte[] record = Arrays.copyOfRange(stored, 32, stored.length);
      if (!Arrays.equals(mac(record), Arrays.copyOf(stored, 32))) {
        throw new BentRecordException("is altered: its writer did not seal it");
      }
      return record;
    }
  }

  @Test
  void aForgedRecordIsFoundWhereThereAreKeys() {
    String writer = ANN.writer(VAULT);
    AuditSeal own = new Keyed(writer, new byte[32]);
    AuditSeal forger = new Keyed(writer, "x".repeat(32).getBytes(StandardCharsets.UTF_8));
    new AuditLog(storage, VAULT, own, ANN, "backup").end(new TreeMap<>(), 0, new TreeMap<>());
    assertThat(new AuditTrail(storage, VAULT, own).read(List.of()).damages()).isEmpty();
    new AuditLog(storage, VAULT, forger, ANN, "backup").end(new TreeMap<>(), 0, new TreeMap<>());
    assertThat(new AuditTrail(storage, VAULT, own).read(List.of()).damages())
        .singleElement()
        .satisfies(damage -> assertThat(damage.what()).contains("did not seal it"));
  }
}
