package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.SealedCopies.Side;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.testing.StoppingStorage;
import dev.godwit.vault.testing.UnseenBend;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Copies of and into encrypted vaults that cannot go on, or are stopped. */
class SealedCopyCutShortTest {
  private final SealedCopies copies = new SealedCopies();

  @AfterEach
  void close() {
    copies.close();
  }

  @Test
  void aFrameWhoseBytesAreOthersIsFoundAndNotCopied() throws IOException {
    for (Side source : List.of(Side.plain(), Side.encrypted())) {
      try (Vault vault = source.toWrite().get()) {
        copies.shop(vault, 1);
      }
      UnseenBend.of(source.storage(), source.paths("volumes").get(0), 1000);
      for (Side target : List.of(Side.encrypted(), Side.plain())) {
        if (!source.name().equals("plain") || !target.name().equals("plain")) {
          assertThatThrownBy(() -> copies.copy(source, target))
              .as("%s into %s", source.name(), target.name())
              .isInstanceOfSatisfying(
                  GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED))
              .hasMessageContaining("volumes/");
          try (Vault vault = target.toRead().get()) {
            assertThat(vault.snapshots()).isEmpty();
            assertThat(copies.bench.check(vault, true).damages()).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void aCopyStoppedAtAnyOperationGoesOn() throws IOException {
    Side source = Side.encrypted();
    Manifest was;
    try (Vault vault = source.toWrite().get()) {
      was = copies.shop(vault, 3);
    }
    SealedVault target = SealedCopies.sealed();
    int stops = 0;
    boolean whole = false;
    for (long after = 0; !whole; after += 1 + after / 8) {
      StoppingStorage stopping = new StoppingStorage(target.storage, after);
      try (Vault from = source.toRead().get()) {
        Throwable failed =
            catchThrowable(
                () -> copies.copy(from, Vault.open(stopping, KeyRing.of(target.writerKey()))));
        whole = failed == null && !stopping.stopped();
      }
      stops += whole ? 0 : 1;
      try (Vault vault = target.reader()) {
        assertThat(copies.bench.check(vault, true).damages())
            .as("stopped after %d", after)
            .isEmpty();
        for (Manifest there : vault.snapshots()) {
          assertThat(copies.bench.read(vault, there)).hasSize((int) was.totals().rows());
        }
      }
    }
    assertThat(stops).isGreaterThan(15);
    try (Vault vault = target.reader()) {
      assertThat(vault.snapshots()).hasSize(1);
    }
  }

  /**
   * The name of a block is known there only once it was read; {@link Bench} asks for its memory.
   */
  @Test
  void aBlockThatCannotBeLookedForIsGivenBack() throws IOException {
    Side source = Side.encrypted();
    copies.backUp(source);
    SealedVault target = SealedCopies.sealed();
    try (Vault from = source.toRead().get();
        Vault to = target.writer()) {
      copies.copy(from, to);
    }
    for (String path : target.paths("snapshots")) {
      target.storage.delete(path);
    }
    Storage stopping =
        new StoppingStorage(target.storage, 0, operation -> operation.startsWith("stat volumes/"));
    try (Vault from = source.toRead().get();
        Vault to = Vault.open(stopping, KeyRing.of(target.writerKey()))) {
      assertThatThrownBy(() -> copies.copy(from, to))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("volumes/");
    }
  }
}
