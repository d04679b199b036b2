package dev.godwit.vault;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import java.util.Optional;

/** The same in an encrypted vault. */
class SealedPruneRacesTest extends PruneRacesTest {
  private SealedVault sealed;

  @Override
  Vault create(Storage storage, VolumeLimits limits) {
    sealed = new SealedVault(storage, keys -> Vault.create(storage, limits, Optional.of(keys)));
    return sealed.reader();
  }

  @Override
  Vault open(Storage storage) {
    return Vault.open(storage, KeyRing.of(sealed.identity));
  }
}
