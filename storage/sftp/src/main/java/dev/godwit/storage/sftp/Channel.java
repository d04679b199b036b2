package dev.godwit.storage.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.RawSftpClient;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * One channel of SFTP, version 3 (draft-ietf-secsh-filexfer-02), with the extensions that OpenSSH
 * lists in its PROTOCOL file where the server has them. Used by one thread at a time.
 */
final class Channel implements AutoCloseable {
  private static final String HARD_LINK = "hardlink@openssh.com";
  private static final String POSIX_RENAME = "posix-rename@openssh.com";

  private final SftpClient client;
  private final Pipeline pipeline;

  Channel(ClientSession session) throws IOException {
    this.client =
        SftpClientFactory.instance()
            .createSftpClient(session, SftpVersionSelector.fixedVersionSelector(3));
    this.pipeline = new Pipeline((RawSftpClient) client);
  }

  boolean isOpen() {
    return client.isOpen();
  }

  Attributes stat(String path) throws IOException {
    return client.stat(path);
  }

  /** What a folder holds, without itself and its parent. */
  List<DirEntry> entries(String folder) throws IOException {
    List<DirEntry> all = new ArrayList<>();
    try (CloseableHandle open = client.openDir(folder)) {
      for (List<DirEntry> some = client.readDir(open); some != null; some = client.readDir(open)) {
        some.stream().filter(e -> !e.getFilename().matches("\\.\\.?")).forEach(all::add);
      }
    }
    return all;
  }

  void makeFolder(String path) throws IOException {
    client.mkdir(path);
  }

  void removeFolder(String path) throws IOException {
    client.rmdir(path);
  }

  void remove(String path) throws IOException {
    client.remove(path);
  }

  /** Makes an empty file, whatever was there. */
  void create(String path) throws IOException {
    client.open(path, OpenMode.Write, OpenMode.Create, OpenMode.Truncate).close();
  }

  /** Writes into a file that is there. */
  void write(String path, long offset, byte[] bytes, int length) throws IOException {
    try (CloseableHandle file = client.open(path, OpenMode.Write)) {
      pipeline.write(file, offset, bytes, length);
    }
  }

  /** Reads until the buffer is full or the file ends. */
  int read(String path, long offset, ByteBuffer into) throws IOException {
    if (into.remaining() <= Pipeline.SMALL) {
      int start = into.position();
      OptionalInt all = pipeline.readAndClose(client.open(path, OpenMode.Read), offset, into);
      if (all.isPresent()) {
        return all.getAsInt();
      }
      into.position(start);
    }
    try (CloseableHandle file = client.open(path, OpenMode.Read)) {
      return pipeline.read(file, offset, into);
    }
  }

  /** Makes a file's bytes outlive a crash of the server, where it knows how. */
  void sync(String path) throws IOException {
    OpenSSHFsyncExtension fsync = client.getExtension(OpenSSHFsyncExtension.class);
    if (fsync != null && fsync.isSupported()) {
      try (CloseableHandle file = client.open(path, OpenMode.Write)) {
        fsync.fsync(file);
      }
    }
  }

  private boolean has(String extension) {
    NavigableMap<String, byte[]> there = client.getServerExtensions();
    return there.containsKey(extension);
  }

  /** Gives a file another name, whatever has it. */
  void replace(String from, String to) throws IOException {
    if (has(POSIX_RENAME)) {
      extended(POSIX_RENAME, from, to);
      return;
    }
    try {
      client.rename(from, to);
    } catch (SftpException e) {
      if (!isThere(to)) {
        throw e;
      }
      // Such servers cannot replace in one step: for a moment there is no file.
      client.remove(to);
      client.rename(from, to);
    }
  }

  private boolean isThere(String path) {
    try {
      client.stat(path);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Gives a file a name that is free. A hard link does so in one step. Where the server knows none,
   * or its file system has none, as FAT, a plain rename must do: that of OpenSSH looks first then,
   * and so do others, and for a moment two may both find the name free.
   *
   * @return whether it was one step
   */
  boolean place(String from, String to) throws IOException {
    if (has(HARD_LINK)) {
      try {
        extended(HARD_LINK, from, to);
        return true;
      } catch (SftpException e) {
        if (SftpFailure.isMissing(e) || isThere(to)) {
          throw e;
        }
      }
    }
    client.rename(from, to);
    return false;
  }

  private void extended(String extension, String from, String to) throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putString(extension);
    request.putString(from);
    request.putString(to);
    pipeline.ask(SftpConstants.SSH_FXP_EXTENDED, request);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      // It is broken, and given up.
    }
  }
}
