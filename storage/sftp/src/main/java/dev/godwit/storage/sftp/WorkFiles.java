package dev.godwit.storage.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.common.SftpException;

/**
 * Files under their names of before they are whole, in this process's folder, and their way to the
 * names that count. Each step may be done twice, for the connection may break between it and its
 * answer.
 */
final class WorkFiles {
  private final Connection connection;
  private final Folders folders;
  private final String work;

  /** Files in a folder, such as {@code /srv/vault/work/0a1b}. */
  WorkFiles(Connection connection, Folders folders, String work) {
    this.connection = connection;
    this.folders = folders;
    this.work = work;
  }

  /** A new empty file. The folder may be taken away by another storage of this process. */
  String create() throws IOException {
    String file = work + '/' + UUID.randomUUID();
    for (int attempt = 1; ; attempt++) {
      folders.makeFor(file);
      try {
        connection.run(
            (channel, again) -> {
              channel.create(file);
              return null;
            });
        return file;
      } catch (SftpException e) {
        if (attempt == 10 || !SftpFailure.isMissing(e)) {
          throw e;
        }
        folders.forget(work);
        folders.forget(work.substring(0, work.lastIndexOf('/')));
      }
    }
  }

  void write(String file, long offset, byte[] bytes, int length) throws IOException {
    connection.run(
        (channel, again) -> {
          channel.write(file, offset, bytes, length);
          return null;
        });
  }

  /** Syncs a file of so many bytes and gives it its name, whatever has that. */
  void putInPlace(String file, String target, long length) throws IOException {
    folders.makeFor(target);
    connection.run(
        (channel, again) -> {
          try {
            channel.sync(file);
            requireLength(channel.stat(file), length);
            channel.replace(file, target);
          } catch (SftpException e) {
            // Gone under its old name: the step was done, and only its answer was lost.
            boolean done = again && SftpFailure.isMissing(e);
            if (!done || channel.stat(target).getSize() != length) {
              throw e;
            }
          }
          return null;
        });
  }

  private static void requireLength(Attributes there, long length) throws IOException {
    if (there.getSize() != length) {
      throw new IOException("the server has " + there.getSize() + " bytes of a file of " + length);
    }
  }

  /** Gives a file its name if that is free. */
  boolean place(String file, String target, byte[] content) throws IOException {
    folders.makeFor(target);
    return connection.run(
        (channel, again) -> {
          if (!again && exists(channel, target)) {
            return false;
          }
          try {
            channel.sync(file);
            // Of two that both found it free, the later one has it.
            return channel.place(file, target) || holds(channel, target, content);
          } catch (SftpException e) {
            if (exists(channel, target)) {
              return again && holds(channel, target, content);
            }
            throw e;
          }
        });
  }

  private static boolean exists(Channel channel, String path) throws IOException {
    try {
      return channel.stat(path) != null;
    } catch (SftpException e) {
      if (SftpFailure.isMissing(e)) {
        return false;
      }
      throw e;
    }
  }

  /** After an answer that was lost: contents of locks and manifests are never alike. */
  private static boolean holds(Channel channel, String path, byte[] content) throws IOException {
    ByteBuffer there = ByteBuffer.allocate(content.length + 1);
    int length = channel.read(path, 0, there);
    return length == content.length && Arrays.equals(there.array(), 0, length, content, 0, length);
  }

  /**
   * Removes a file as well as it can; what stays lies in the folder that the next writer clears.
   */
  void giveUp(String file) {
    try {
      remove(file);
    } catch (IOException | RuntimeException e) {
      // See above.
    }
  }

  /** Removes a file; does nothing where there is none. */
  void remove(String file) throws IOException {
    connection.run(
        (channel, again) -> {
          try {
            channel.remove(file);
          } catch (SftpException e) {
            if (exists(channel, file)) {
              throw e;
            }
          }
          return null;
        });
  }

  /** Removes a folder if nothing is in it. */
  void removeIfEmpty(String folder) throws IOException {
    connection.run(
        (channel, again) -> {
          try {
            channel.removeFolder(folder);
          } catch (SftpException e) {
            // Someone still writes there, or it is gone.
          }
          return null;
        });
    folders.forget(folder);
  }
}
