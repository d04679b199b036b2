package dev.godwit.storage.sftp;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;

/**
 * Proves a server's key by the files of known hosts, as {@code sshd(8)} describes them. A key that
 * stands in none is refused, whatever lines of theirs make no sense: there is no way to skip this.
 */
final class KnownHosts implements ServerKeyVerifier {
  private final String host;
  private final int port;
  private final List<Path> files;
  private final AtomicReference<GodwitException> refusal = new AtomicReference<>();

  KnownHosts(String host, int port, List<Path> files) {
    this.host = host;
    this.port = port;
    this.files = List.copyOf(files);
  }

  /** Why the last key was refused. */
  Optional<GodwitException> refusal() {
    return Optional.ofNullable(refusal.get());
  }

  /** The types of keys that are known of the host, so that the server is asked for one of those. */
  Set<String> types() {
    Set<String> types = new LinkedHashSet<>();
    read().keys().stream().filter(KnownKeys.Known::plain).forEach(key -> types.add(key.type()));
    return types;
  }

  private KnownKeys read() {
    return KnownKeys.of(host, port, files);
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    refusal.set(judge(key));
    return refusal.get() == null;
  }

  private GodwitException judge(PublicKey key) {
    boolean known = false;
    Optional<Path> other = Optional.empty();
    KnownKeys all;
    try {
      all = read();
    } catch (GodwitException e) {
      return e;
    }
    for (KnownKeys.Known there : all.keys()) {
      boolean same = there.key().map(own -> KeyUtils.compareKeys(own, key)).orElse(false);
      if (same && there.marker().equals("revoked")) {
        return refused(key, "has a key that is revoked", "the key must not be trusted any more");
      }
      known |= same && there.plain();
      if (!same && there.plain() && other.isEmpty()) {
        other = Optional.of(there.file());
      }
    }
    if (known) {
      return null;
    }
    String name = port == 22 ? host : '[' + host + "]:" + port;
    return other.isPresent()
        ? refused(
            key,
            "has another key than is known",
            "somebody may stand in between; if the server was made anew, remove the old key with"
                + " 'ssh-keygen -R "
                + name
                + " -f "
                + other.get()
                + "'")
        : refused(
            key,
            "is not among the known hosts",
            "compare the key with the server's own, then add it with 'ssh-keyscan -p "
                + port
                + ' '
                + host
                + " >> "
                + files.get(0)
                + "'"
                + passedOver(all.passedOver()));
  }

  private static String passedOver(List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    return lines.size() == 1
        ? "; " + lines.get(0) + " cannot be read and was passed over"
        : "; %s and %d more cannot be read and were passed over"
            .formatted(lines.get(0), lines.size() - 1);
  }

  private GodwitException refused(PublicKey key, String why, String hint) {
    return new GodwitException(
        ExitCode.FAILED,
        "the SFTP server " + host + ' ' + why + ": " + KeyUtils.getFingerPrint(key),
        hint);
  }
}
