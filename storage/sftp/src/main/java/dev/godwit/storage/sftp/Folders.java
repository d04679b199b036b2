package dev.godwit.storage.sftp;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.sftp.common.SftpException;

/** Makes the folders that files are written into, each once. */
final class Folders {
  private final Connection connection;
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  /** Those that were not there before. */
  private final Set<String> ours = ConcurrentHashMap.newKeySet();

  Folders(Connection connection) {
    this.connection = connection;
  }

  /** Makes the folder of a file, and those above it. */
  void makeFor(String file) throws IOException {
    int slash = file.lastIndexOf('/');
    if (slash > 0) {
      make(file.substring(0, slash));
    }
  }

  private void make(String folder) throws IOException {
    if (made.contains(folder)) {
      return;
    }
    boolean there =
        connection.run(
            (channel, again) -> {
              try {
                return channel.stat(folder).isDirectory();
              } catch (IOException e) {
                if (SftpFailure.isMissing(e)) {
                  return false;
                }
                throw e;
              }
            });
    if (!there) {
      makeFor(folder);
      connection.run(
          (channel, again) -> {
            try {
              channel.makeFolder(folder);
              ours.add(folder);
            } catch (SftpException e) {
              if (!channel.stat(folder).isDirectory()) { // another was faster
                throw e;
              }
            }
            return null;
          });
    }
    made.add(folder);
  }

  /** Whether it was made or found here. */
  boolean isMade(String folder) {
    return made.contains(folder);
  }

  /** Whether it was made here. */
  boolean isOurs(String folder) {
    return ours.contains(folder);
  }

  /** Takes note that a folder may be gone. */
  void forget(String folder) {
    made.remove(folder);
  }
}
