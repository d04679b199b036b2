package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.SealedCopies.Side;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.OtherKeys;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.SealedVault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Snapshots are copied from and into encrypted vaults. */
class SealedCopyTest {
  private final SealedCopies copies = new SealedCopies();

  @AfterEach
  void close() {
    copies.close();
  }

  @Test
  void everyPairingCopiesAllOnceAndBackupsGoOn() throws IOException {
    for (Supplier<Side> from : List.<Supplier<Side>>of(Side::plain, Side::encrypted)) {
      Side source = from.get();
      List<Manifest> made = copies.backUp(source);
      for (Side target : List.of(Side.plain(), Side.encrypted(), Side.ofItsReader())) {
        String pairing = source.name() + " into " + target.name();
        assertThat(copies.copy(source, target))
            .as(pairing)
            .hasOnlyElementsOfType(CopyStep.Copied.class);
        copies.requireSame(source, target, made);
        long bytes = target.bytes("volumes");
        assertThat(copies.copy(source, target))
            .as(pairing)
            .hasOnlyElementsOfType(CopyStep.There.class);
        assertThat(target.bytes("volumes")).isEqualTo(bytes);
        try (Vault vault = target.toRead().get()) {
          Manifest second = vault.snapshots().get(1);
          assertThat(second.totals().newBytes())
              .as(pairing)
              .isPositive()
              .isLessThan(vault.snapshots().get(0).totals().newBytes() / 2);
        }
        try (Vault vault = target.toWrite().get()) {
          assertThat(copies.shop(vault, 7).totals().newBytes()).as(pairing).isZero();
        }
      }
    }
    assertThat(copies.bench.warnings).isEmpty();
  }

  @Test
  void whatTheTargetBackedUpItselfIsNotStoredAgain() {
    for (Side source : List.of(Side.plain(), Side.encrypted())) {
      copies.backUp(source);
      for (Side target : List.of(Side.plain(), Side.encrypted())) {
        try (Vault vault = target.toWrite().get()) {
          copies.shop(vault, 7);
        }
        copies.copy(source, target);
        try (Vault vault = target.toRead().get()) {
          assertThat(vault.snapshots())
              .filteredOn(manifest -> manifest.copiedFrom().isPresent())
              .filteredOn(manifest -> manifest.source().id().equals("shop"))
              .hasSize(2)
              .allMatch(manifest -> manifest.totals().newBytes() == 0);
        }
      }
    }
  }

  @Test
  void aBlockThatTwoSnapshotsShareIsReadOnce() {
    SealedVault source = SealedCopies.sealed();
    try (Vault vault = source.writer()) {
      copies.shop(vault, 6);
      copies.shop(vault, 7);
    }
    AtomicInteger reads = new AtomicInteger();
    Storage counted =
        MeddlingStorage.of(
            source.storage,
            (operation, path) -> {
              if (operation.equals("read") && path.startsWith("volumes/")) {
                reads.incrementAndGet();
              }
            });
    Side target = Side.encrypted();
    try (Vault from = Vault.open(counted, KeyRing.of(source.identity));
        Vault to = target.toWrite().get()) {
      copies.copy(from, to);
    }
    // 12 blocks of the first, 2 more of the second, and the headers of three volumes at most twice.
    assertThat(reads.get()).isBetween(14, 14 + 2 * 4);
  }

  @Test
  void aCopyOfACopyIsKnownAgainThroughEncryptedVaults() {
    Side first = Side.plain();
    List<Manifest> made = copies.backUp(first);
    Side second = Side.encrypted();
    Side third = Side.encrypted();
    Side fourth = Side.plain();
    copies.copy(first, second);
    copies.copy(second, third);
    copies.copy(third, fourth);
    copies.requireSame(first, fourth, made);
    assertThat(copies.copy(first, third)).hasOnlyElementsOfType(CopyStep.There.class);
    assertThat(copies.copy(first, fourth)).hasOnlyElementsOfType(CopyStep.There.class);
    assertThat(copies.copy(fourth, first)).hasOnlyElementsOfType(CopyStep.There.class);
    assertThat(copies.copy(third, second)).hasOnlyElementsOfType(CopyStep.There.class);
  }

  @Test
  void aWritersKeyOfTheSourceReadsNothing() throws IOException {
    SealedVault source = SealedCopies.sealed();
    Side target = Side.encrypted();
    try (Vault from = source.writer();
        Vault to = target.toWrite().get()) {
      copies.shop(from, 2);
      List<String> before = target.paths("");
      for (var call :
          List.<ThrowingCallable>of(
              () -> from.planCopy(to, SealedCopies.ALL, copies.bench.warnings::add),
              () -> from.copyTo(to, copies.bench.context, read -> {}))) {
        assertThatThrownBy(call)
            .isInstanceOfSatisfying(
                GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_KEY));
      }
      assertThat(target.paths("").stream().filter(p -> !p.startsWith("keys/")))
          .isEqualTo(before.stream().filter(p -> !p.startsWith("keys/")).toList());
    }
  }

  @Test
  void anEncryptedCopyTellsNothingOfThePlainOne() throws IOException {
    Side source = Side.plain();
    copies.backUp(source);
    Side target = Side.encrypted();
    copies.copy(source, target);
    for (String path : target.paths("")) {
      ByteBuffer bytes = ByteBuffer.allocate((int) target.storage().stat(path).size());
      target.storage().read(path, 0, bytes);
      String text = path + ' ' + new String(bytes.array(), StandardCharsets.ISO_8859_1);
      for (String word :
          List.of("\"shop\"", "store", "orders", "bigint", "\"note\"", "monthly", "memory")) {
        assertThat(text.contains(word)).as("%s in %s", word, path).isFalse();
      }
    }
  }

  @Test
  void twoWritersCopiesStayApart() {
    Side source = Side.plain();
    copies.backUp(source);
    SealedVault target = SealedCopies.sealed();
    try (Vault from = source.toRead().get()) {
      try (Vault ours = target.writer()) {
        copies.copy(from, ours);
      }
      try (Vault theirs = target.writer(OtherKeys.ofAnotherWriter(target.writerKey()))) {
        assertThat(copies.copy(from, theirs)).hasOnlyElementsOfType(CopyStep.There.class);
        assertThat(copies.shop(theirs, 7).totals().newBytes()).isPositive();
      }
    }
    try (Vault vault = target.reader()) {
      assertThat(copies.bench.check(vault, true).damages()).isEmpty();
    }
  }
}
