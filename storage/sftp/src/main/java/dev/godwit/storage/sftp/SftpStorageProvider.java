package dev.godwit.storage.sftp;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageProvider;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/**
 * Keeps a vault in {@code sftp://user@host:port/path}. The path is that of the server's root;
 * {@code /~/path} lies in the home of the user.
 */
public final class SftpStorageProvider implements StorageProvider {
  @Override
  public Set<String> schemes() {
    return Set.of("sftp");
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.text("identity", "", "a private key's file, else those of ~/.ssh"),
        OptionSpec.text("agent", "", "an agent's socket, else SSH_AUTH_SOCK; none for no agent"),
        OptionSpec.text("known-hosts", "", "the file of known hosts, else ~/.ssh/known_hosts"));
  }

  @Override
  public Storage open(StoreAddress address, String work) {
    Server server = Server.of(address);
    return new SftpFolder(server.display(), server.root(), new Connection(server), work);
  }
}
