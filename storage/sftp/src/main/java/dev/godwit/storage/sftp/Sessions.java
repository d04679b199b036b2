package dev.godwit.storage.sftp;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Secret;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.PasswordIdentityProvider;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Logs in to one server: with the agent's keys, those of files, then a password. {@code
 * ~/.ssh/config} is not read, so that an address means the same everywhere.
 */
final class Sessions implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Server server;
  private final KeyFiles keys;
  private final SshClient client;

  Sessions(Server server) {
    this.server = server;
    this.keys = new KeyFiles(server.keys(), server.password());
    this.client = SshClient.setUpDefaultClient();
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setServerKeyVerifier(server.knownHosts());
    preferKnownTypes(server.knownHosts().types());
    server.agent().ifPresent(socket -> client.setAgentFactory(Agent.at(socket)));
    client.setKeyIdentityProvider(keys);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, Duration.ofSeconds(20));
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 3);
    client.start();
  }

  /** A server has keys of several types; one that is known is asked for first. */
  private void preferKnownTypes(Set<String> known) {
    List<NamedFactory<Signature>> types = new ArrayList<>(client.getSignatureFactories());
    types.sort(Comparator.comparing(type -> isKnown(type.getName(), known) ? 0 : 1));
    client.setSignatureFactories(types);
  }

  private static boolean isKnown(String signature, Set<String> known) {
    return known.contains(signature)
        || (signature.startsWith("rsa-sha2-") && known.contains("ssh-rsa"));
  }

  private Optional<Secret> secret(String what) {
    Optional<Secret> given = server.password().given();
    return given.isPresent() ? given : server.password().prompt(what);
  }

  /**
   * Connects and logs in.
   *
   * @throws GodwitException for what trying again does not help: an unknown host, a refused login
   */
  ClientSession open() throws IOException {
    ClientSession session;
    try {
      session =
          client.connect(server.user(), server.host(), server.port()).verify(PATIENCE).getSession();
    } catch (IOException e) {
      throw new IOException(
          "cannot reach the SFTP server " + server.host() + ':' + server.port() + ": " + why(e), e);
    }
    try {
      session.setPasswordIdentityProvider(passwords());
      session.auth().verify(PATIENCE);
      return session;
    } catch (IOException | RuntimeException e) {
      session.close(true);
      throw failure(e);
    }
  }

  private PasswordIdentityProvider passwords() {
    String whose = "sftp://" + server.user() + '@' + server.host();
    // Asked for only when no key was taken.
    return session -> () -> secret(whose).map(Secret::reveal).stream().iterator();
  }

  private IOException failure(Exception e) {
    if (server.knownHosts().refusal().isPresent()) {
      throw server.knownHosts().refusal().get();
    }
    if (e instanceof GodwitException known) {
      throw known;
    }
    boolean refused =
        e instanceof SshException ssh
            && ssh.getDisconnectCode()
                == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
    if (refused) {
      throw new GodwitException(
          ExitCode.FAILED,
          "the SFTP server "
              + server.host()
              + " refused the login of "
              + server.user()
              + keys.unread().map(why -> ": " + why).orElse(""),
          "give a key with ?identity=FILE or an agent (SSH_AUTH_SOCK), or a password, which is also"
              + " that of an encrypted key, in GODWIT_VAULT_PASSWORD",
          e);
    }
    return new IOException("cannot log in to " + server.host() + ": " + why(e), e);
  }

  private static String why(Exception e) {
    Throwable at = e;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
      return "there is no such host";
    }
    String text = at.getMessage() == null ? at.toString() : at.getMessage();
    return text.lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    client.stop();
  }
}
