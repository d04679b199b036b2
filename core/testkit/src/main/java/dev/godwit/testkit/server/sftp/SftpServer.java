package dev.godwit.testkit.server.sftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** An SFTP server in this process, at a free port of 127.0.0.1, over a folder: Apache MINA SSHD. */
public final class SftpServer implements AutoCloseable {
  /** Who may log in. */
  public static final String USER = "godwit";

  /** With which password. */
  public static final String PASSWORD = "a-password-for-tests";

  private final SshServer server;
  private final KeyPair host;
  private final KeyPair key;

  private SftpServer(SshServer server, KeyPair host, KeyPair key) {
    this.server = server;
    this.host = host;
    this.key = key;
  }

  /** Starts a server that shows a folder as its root. */
  public static SftpServer start(Path folder) throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setFileSystemFactory(new VirtualFileSystemFactory(folder.toAbsolutePath()));
    return start(server, new SftpSubsystemFactory.Builder().build());
  }

  /**
   * Starts one that tells of each folder before it is listed.
   *
   * @param listed called by the thread that lists for a channel, which waits for it
   */
  public static SftpServer startTelling(Path folder, Consumer<Path> listed) throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setFileSystemFactory(new VirtualFileSystemFactory(folder.toAbsolutePath()));
    SftpFileSystemAccessor telling =
        new SftpFileSystemAccessor() {
          @Override
          public DirectoryStream<Path> openDirectory(
              SftpSubsystemProxy subsystem,
              DirectoryHandle handle,
              Path directory,
              String text,
              LinkOption... options)
              throws IOException {
            listed.accept(directory);
            return SftpFileSystemAccessor.super.openDirectory(
                subsystem, handle, directory, text, options);
          }
        };
    return start(
        server, new SftpSubsystemFactory.Builder().withFileSystemAccessor(telling).build());
  }

  /** Starts one whose folder lies in a file system without hard links, as FAT. */
  public static SftpServer startWithoutLinks(Path folder) throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setFileSystemFactory(new VirtualFileSystemFactory(folder.toAbsolutePath()));
    SftpFileSystemAccessor without =
        new SftpFileSystemAccessor() {
          @Override
          public void createLink(
              SftpSubsystemProxy subsystem, Path link, Path existing, boolean symbolic)
              throws IOException {
            throw new AccessDeniedException(link.toString(), null, "Operation not permitted");
          }
        };
    return start(
        server, new SftpSubsystemFactory.Builder().withFileSystemAccessor(without).build());
  }

  /**
   * Starts a server that has files served by a program which speaks SFTP on its standard input and
   * output, such as OpenSSH's {@code sftp-server}; it shows the file system of this machine.
   */
  public static SftpServer startOver(Path program) throws IOException {
    String command = program.toString();
    ProcessShellFactory factory = new ProcessShellFactory(command, command);
    SubsystemFactory subsystem =
        new SubsystemFactory() {
          @Override
          public String getName() {
            return SftpConstants.SFTP_SUBSYSTEM_NAME;
          }

          @Override
          public Command createSubsystem(ChannelSession channel) throws IOException {
            return factory.createShell(channel);
          }
        };
    return start(SshServer.setUpDefaultServer(), subsystem);
  }

  private static SftpServer start(SshServer server, SubsystemFactory sftp) throws IOException {
    KeyPair host = ecdsa();
    KeyPair key = ecdsa();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
    server.setPublickeyAuthenticator(only(key.getPublic()));
    server.setSubsystemFactories(List.of(sftp));
    server.start();
    return new SftpServer(server, host, key);
  }

  private static PublickeyAuthenticator only(PublicKey key) {
    return (user, shown, session) -> user.equals(USER) && KeyUtils.compareKeys(key, shown);
  }

  private static KeyPair ecdsa() throws IOException {
    try {
      return KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
    } catch (java.security.GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Its port. */
  public int port() {
    return server.getPort();
  }

  /** Writes its key into a file of known hosts, under a port that leads to it. */
  public void writeKnownHosts(Path file, int port) throws IOException {
    writeKnownHosts(file, port, host.getPublic());
  }

  /** Writes another key into such a file, as if the server had been replaced. */
  public static void writeOtherKey(Path file, int port) throws IOException {
    writeKnownHosts(file, port, ecdsa().getPublic());
  }

  private static void writeKnownHosts(Path file, int port, PublicKey key) throws IOException {
    String line = "[127.0.0.1]:" + port + ' ' + PublicKeyEntry.toString(key) + '\n';
    Files.writeString(file, line);
  }

  /**
   * Writes the private key that it takes.
   *
   * @param passphrase to encrypt it with; empty for none
   */
  public void writeKey(Path file, String passphrase) throws IOException {
    OpenSSHKeyEncryptionContext encryption = null;
    if (!passphrase.isEmpty()) {
      encryption = new OpenSSHKeyEncryptionContext();
      encryption.setCipherName("AES");
      encryption.setCipherType("256");
      encryption.setPassword(passphrase);
    }
    try (var out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", encryption, out);
    } catch (java.security.GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Breaks all sessions that are open; new ones are taken. */
  public void dropSessions() {
    server.getActiveSessions().forEach(session -> session.close(true));
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
