package dev.godwit.storage.sftp;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a vault lies and how one logs in there.
 *
 * @param root the folder, without a slash at its end
 * @param keys files of private keys, those that exist
 * @param agent the socket of an agent
 */
record Server(
    String display,
    String host,
    int port,
    String user,
    String root,
    List<Path> keys,
    Optional<Path> agent,
    KnownHosts knownHosts,
    PasswordSource password) {
  private static final List<String> KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  static Server of(StoreAddress address) {
    StoreUri uri = address.uri();
    if (uri.hosts().size() != 1) {
      throw new GodwitException(
          ExitCode.USAGE, "an sftp:// address names one host", "such as sftp://user@host/path");
    }
    String host = uri.hosts().get(0).host();
    int port = uri.hosts().get(0).portOr(22);
    Path home = Path.of(System.getProperty("user.home"), ".ssh");
    List<Path> files =
        address
            .options()
            .text("known-hosts")
            .map(file -> List.of(Path.of(file)))
            .orElse(List.of(home.resolve("known_hosts"), Path.of("/etc/ssh/ssh_known_hosts")));
    return new Server(
        uri.display(),
        host,
        port,
        uri.user().orElse(System.getProperty("user.name")),
        root(uri.path()),
        keys(address.options().text("identity"), home),
        agent(address.options().text("agent")),
        new KnownHosts(host, port, files),
        address.password());
  }

  private static String root(String path) {
    String trimmed = path.replaceAll("/+$", "");
    if (trimmed.equals("~")) {
      return ".";
    }
    return trimmed.startsWith("~/") ? trimmed.substring(2) : '/' + trimmed.replaceAll("^/+", "");
  }

  private static List<Path> keys(Optional<String> given, Path home) {
    if (given.isPresent()) {
      Path file = Path.of(given.get());
      if (!Files.isReadable(file)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "cannot read the private key " + file,
            "name a key's file with ?identity=FILE");
      }
      return List.of(file);
    }
    return KEYS.stream().map(home::resolve).filter(Files::isReadable).toList();
  }

  private static Optional<Path> agent(Optional<String> given) {
    return Stream.concat(given.stream(), Stream.ofNullable(System.getenv("SSH_AUTH_SOCK")))
        .findFirst()
        .filter(socket -> !socket.isEmpty() && !socket.equals("none"))
        .map(Path::of);
  }
}
