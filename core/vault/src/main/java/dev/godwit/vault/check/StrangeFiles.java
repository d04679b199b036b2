package dev.godwit.vault.check;

import dev.godwit.vault.file.Layout;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Files in a vault's folder that are none of the vault's. Those of another vault that lies below it
 * are that one's: they are told once, by its folder. Used by one thread.
 */
final class StrangeFiles {
  private static final String ITS_FILE = '/' + Layout.VAULT;

  private final NavigableSet<String> paths = new TreeSet<>();

  /** One that was met. */
  void add(String path) {
    paths.add(path);
  }

  /** Remarks them. */
  void tell(Findings findings) {
    NavigableSet<String> vaults = new TreeSet<>();
    paths.stream()
        .filter(path -> path.endsWith(ITS_FILE))
        .map(path -> path.substring(0, path.length() - ITS_FILE.length()))
        .forEach(vaults::add);
    for (String path : paths) {
      if (!isWithin(path, vaults)) {
        findings.remark(path + " is no file of a vault");
      }
    }
    for (String vault : vaults) {
      if (!isWithin(vault, vaults)) {
        findings.remark(vault + " is a vault of its own, which was not checked");
      }
    }
  }

  private static boolean isWithin(String path, NavigableSet<String> folders) {
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (folders.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }
}
