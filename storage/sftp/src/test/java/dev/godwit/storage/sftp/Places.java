package dev.godwit.storage.sftp;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Secret;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.server.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** Places in a server for tests, opened as the provider opens them. */
final class Places {
  private Places() {}

  static Storage open(int port, String path, String options, String password) throws IOException {
    SftpStorageProvider provider = new SftpStorageProvider();
    StoreUri uri =
        StoreUri.parse(
            "sftp://" + SftpServer.USER + "@127.0.0.1:" + port + '/' + path + '?' + options);
    PasswordSource source = PasswordSource.of(password.isEmpty() ? null : Secret.of(password));
    return provider.open(
        new StoreAddress(uri, Options.bind(provider.options(), uri), source),
        "work/" + UUID.randomUUID());
  }

  /** With the server's key known and the password given. */
  static Storage open(SftpServer server, Path scratch, int port, String path) throws IOException {
    Path known = scratch.resolve("known-" + port);
    server.writeKnownHosts(known, port);
    return open(port, path, "agent=none&known-hosts=" + known, SftpServer.PASSWORD);
  }
}
