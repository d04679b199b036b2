package dev.godwit.vault;

import dev.godwit.spi.storage.Storage;

/**
 * Finds the storage behind what a user writes for a vault: a path, or a URI of a plugin's scheme.
 */
public final class Places {
  private Places() {}

  /**
   * Opens a place: a folder of this machine for a path or a {@code file:} URI, else the plugin of
   * the URI's scheme. The folder need not exist.
   */
  public static Storage open(String place) {
    throw new UnsupportedOperationException(place);
  }
}
