package dev.godwit.storage.sftp;

import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The private keys of files, read when the server asks for them, and why one could not be: a login
 * may do without it, and is told of it where it is refused. Each is read, and its passphrase asked
 * for, once.
 */
final class KeyFiles implements KeyIdentityProvider {
  private final List<Path> files;
  private final PasswordSource passphrase;
  private final Map<Path, List<KeyPair>> read = new HashMap<>();
  private final List<String> unread = new ArrayList<>();

  KeyFiles(List<Path> files, PasswordSource passphrase) {
    this.files = files;
    this.passphrase = passphrase;
  }

  @Override
  public synchronized Iterable<KeyPair> loadKeys(SessionContext session) {
    List<KeyPair> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(read.computeIfAbsent(file, each -> read(session, each)));
    }
    return all;
  }

  /** Which of them cannot be used, and why, the end of a sentence. */
  synchronized Optional<String> unread() {
    return unread.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", unread));
  }

  private List<KeyPair> read(SessionContext session, Path file) {
    Asked asked = new Asked(file);
    List<KeyPair> keys = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      Iterable<KeyPair> found =
          SecurityUtils.loadKeyPairIdentities(session, new PathResource(file), in, asked);
      if (found != null) {
        found.forEach(keys::add);
      }
      if (keys.isEmpty()) {
        unread.add(file + (asked.was ? asked.why() : " holds no private key"));
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      unread.add(file + (asked.was ? asked.why() : " cannot be read as a private key"));
    }
    return keys;
  }

  /** Gives the passphrase of a file, and remembers whether it was asked for. */
  private final class Asked implements FilePasswordProvider {
    private final Path file;
    private boolean was;
    private Optional<Secret> given = Optional.empty();

    Asked(Path file) {
      this.file = file;
    }

    @Override
    public String getPassword(
        SessionContext session, org.apache.sshd.common.NamedResource resource, int retry) {
      if (retry > 0) {
        return null;
      }
      was = true;
      given = passphrase.given();
      if (given.isEmpty()) {
        given = passphrase.prompt("the key " + file);
      }
      return given.map(Secret::reveal).orElse(null);
    }

    String why() {
      return given.isPresent()
          ? " is encrypted with another passphrase"
          : " is encrypted, and no passphrase was given";
    }
  }
}
