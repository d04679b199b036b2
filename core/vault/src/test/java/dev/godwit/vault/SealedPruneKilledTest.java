package dev.godwit.vault;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import java.util.Optional;

/** The same of an encrypted vault, that is pruned and backed up into with a writer key alone. */
class SealedPruneKilledTest extends PruneKilledTest {
  private SealedVault sealed;

  @Override
  Vault create(Storage storage, VolumeLimits limits) {
    sealed = new SealedVault(storage, keys -> Vault.create(storage, limits, Optional.of(keys)));
    return sealed.writer();
  }

  @Override
  Vault openToPrune(Storage storage) {
    return Vault.open(storage, KeyRing.of(sealed.writerKey()));
  }

  /** To read, and to write as the same writer. */
  @Override
  Vault open(Storage storage) {
    KeyRing identity = KeyRing.of(sealed.identity);
    return Vault.open(
        storage,
        new KeyRing(
            identity.identity(),
            identity.passphrase(),
            id -> Optional.of(sealed.writerKey()),
            true));
  }
}
