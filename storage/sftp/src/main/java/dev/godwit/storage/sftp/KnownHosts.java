package dev.godwit.storage.sftp;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * Proves a server's key by the files of known hosts, as {@code sshd(8)} describes them. A key that
 * stands in none is refused: there is no way to skip this.
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
    for (KnownHostEntry entry : entries()) {
      if (entry.getMarker() == null || entry.getMarker().isEmpty()) {
        types.add(entry.getKeyEntry().getKeyType());
      }
    }
    return types;
  }

  private List<KnownHostEntry> entries() {
    List<KnownHostEntry> mine = new ArrayList<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        continue;
      }
      try {
        KnownHostEntry.readKnownHostEntries(file).stream()
            .filter(entry -> entry.getKeyEntry() != null && entry.isHostMatch(host, port))
            .forEach(mine::add);
      } catch (IOException | RuntimeException e) {
        throw new GodwitException(
            ExitCode.FAILED, "cannot read the known hosts in " + file, null, e);
      }
    }
    return mine;
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    refusal.set(judge(key));
    return refusal.get() == null;
  }

  private GodwitException judge(PublicKey key) {
    boolean known = false;
    boolean changed = false;
    try {
      for (KnownHostEntry entry : entries()) {
        PublicKey there =
            entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
        boolean same = there != null && KeyUtils.compareKeys(there, key);
        if (same && "revoked".equals(entry.getMarker())) {
          return refused(key, "has a key that is revoked", "the key must not be trusted any more");
        }
        boolean plain = entry.getMarker() == null || entry.getMarker().isEmpty();
        known |= same && plain;
        changed |= !same && plain;
      }
    } catch (IOException | GeneralSecurityException e) {
      return new GodwitException(
          ExitCode.FAILED, "the known hosts of " + host + " make no sense", null, e);
    } catch (GodwitException e) {
      return e;
    }
    if (known) {
      return null;
    }
    String name = port == 22 ? host : '[' + host + "]:" + port;
    return changed
        ? refused(
            key,
            "has another key than is known",
            "somebody may stand in between; if the server was made anew, remove the old key with"
                + " 'ssh-keygen -R "
                + name
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
                + "'");
  }

  private GodwitException refused(PublicKey key, String why, String hint) {
    return new GodwitException(
        ExitCode.FAILED,
        "the SFTP server " + host + ' ' + why + ": " + KeyUtils.getFingerPrint(key),
        hint);
  }
}
