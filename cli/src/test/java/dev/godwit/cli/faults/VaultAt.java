package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Places;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A vault, and what commands are told to open it.
 *
 * @param login variables of their environment: a login, an identity
 */
record VaultAt(String uri, Map<String, String> login) {

  /** Starts a command as a process of its own. */
  Launched start(String... arguments) throws IOException {
    return Launched.in(login, arguments);
  }

  /** Runs a command in this JVM. */
  Invocation run(String... arguments) {
    return Invocation.in(login, arguments);
  }

  /** Runs one in this JVM that has to succeed. */
  Invocation done(String... arguments) {
    Invocation done = run(arguments);
    assertThat(done.status()).as("%s: %s%s", List.of(arguments), done.out(), done.err()).isZero();
    return done;
  }

  /** The bytes of all volumes that lie there. */
  long stored() throws IOException {
    try (Storage storage = Places.open(uri);
        Stream<Storage.StoredFile> files = storage.list("volumes")) {
      return files.mapToLong(Storage.StoredFile::size).sum();
    }
  }

  @Override
  public String toString() {
    return uri;
  }
}
