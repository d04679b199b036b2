package dev.godwit.cli.demo;

import dev.godwit.vault.archive.TemporaryFolder;
import java.nio.file.Path;

/** A temporary folder that goes with all that is in it, unless it is kept. */
final class DemoFolder implements AutoCloseable {
  private final TemporaryFolder folder = new TemporaryFolder("godwit-demo-");
  private boolean kept;

  Path path() {
    return folder.path();
  }

  /** Leaves it where it is. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (!kept) {
      folder.close();
    }
  }
}
