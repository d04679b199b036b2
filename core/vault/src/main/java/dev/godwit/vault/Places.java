package dev.godwit.vault;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.plugin.Plugins;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageProvider;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.storage.WorkFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;

/**
 * Finds the storage behind what a user writes for a vault: a path, or a URI of a plugin's scheme.
 */
public final class Places {
  private Places() {}

  /**
   * Opens a place: a folder of this machine for a path or a {@code file:} URI, else the plugin of
   * the URI's scheme. The folder need not exist.
   *
   * @throws GodwitException {@code USAGE} where no plugin stores there, or the place is no path
   */
  public static Storage open(String place) {
    return open(place, PasswordSource.NONE);
  }

  /** As {@link #open(String)}, with a password for places that ask for one. */
  public static Storage open(String place, PasswordSource password) {
    if (!place.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") || place.startsWith("file:")) {
      return new LocalFolder(folder(place));
    }
    try {
      StoreUri uri = StoreUri.parse(place);
      StorageProvider provider = Plugins.storage(uri.scheme());
      Options options = Options.bind(provider.options(), uri);
      return provider.open(
          new StoreAddress(uri, options, uri.password().map(PasswordSource::of).orElse(password)),
          Layout.WORK + '/' + WorkFolder.OF_THIS_PROCESS);
    } catch (IllegalArgumentException e) {
      throw new GodwitException(ExitCode.USAGE, "no place for a vault: " + e.getMessage(), null, e);
    } catch (IOException e) {
      throw new GodwitException(
          ExitCode.FAILED, "cannot open the place: " + e.getMessage(), null, e);
    }
  }

  private static Path folder(String place) {
    if (place.replaceFirst("^file:", "").isBlank()) { // a script's variable that is not set
      throw new GodwitException(
          ExitCode.USAGE,
          "'" + place + "' names no place of a vault",
          "give a path, . for the folder where you are");
    }
    try {
      if (!place.startsWith("file:")) {
        return Path.of(place);
      }
      return place.startsWith("file:/")
          ? Path.of(URI.create(place))
          : Path.of(place.substring("file:".length()));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "'" + place + "' is no path of a folder",
          "give a path or file:///path",
          e);
    }
  }
}
