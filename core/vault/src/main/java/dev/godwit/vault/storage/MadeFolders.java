package dev.godwit.vault.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that were made for the first file of a place. They go again if no file came into it:
 * of a vault that was not made after all nothing is left.
 */
final class MadeFolders {
  private final List<Path> made = new ArrayList<>();
  private volatile boolean kept;

  /** Makes a folder of work and those above it. */
  void make(Path work) throws IOException {
    if (!kept) {
      note(work);
    }
    Files.createDirectories(work);
  }

  private synchronized void note(Path work) {
    Path above = work.getParent();
    // A link that leads nowhere, as to a disk that is not mounted, was not made here.
    while (above != null && !Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
      made.add(above);
      above = above.getParent();
    }
  }

  /** A file gets its name, so that they stay. */
  void keep() {
    kept = true;
  }

  /** Those that no file came into, the innermost first. */
  synchronized List<Path> unused() {
    return kept ? List.of() : List.copyOf(made);
  }
}
