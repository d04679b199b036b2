package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.key.Identity;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.key.Recipient;
import dev.godwit.vault.key.Recipients;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.SealedVault;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two change the keys of a vault. */
class KeysAtOnceTest {
  private final Storage files = new MemoryStorage();
  private final SealedVault sealed =
      new SealedVault(files, keys -> Vault.create(files, Optional.of(keys)));

  @Test
  void whoWrapsAKeyTakesNobodyElseOut() {
    Recipient theirs = Identity.generate().recipient();
    Storage meddled =
        MeddlingStorage.of(
            files,
            (operation, path) -> {
              if (operation.equals("now")) { // asked before a key is wrapped
                try (Vault vault = sealed.reader()) {
                  vault.recipients().add(theirs);
                }
              }
            });
    try (Vault vault = Vault.open(meddled, KeyRing.of(sealed.identity))) {
      Recipients recipients = vault.recipients();
      Recipient mine = Identity.generate().recipient();
      assertThatThrownBy(() -> recipients.add(mine))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("somebody else changed the keys");
    }
    assertThat(Recipients.in(files))
        .extracting(shown -> shown.recipient().orElseThrow().toString())
        .contains(theirs.toString())
        .hasSize(2);
  }
}
