package dev.godwit.storage.sftp;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * What files of known hosts say of one host, line by line: a line that makes no sense is passed
 * over, as OpenSSH does, and costs only what it said.
 *
 * @param keys of the host
 * @param passedOver the lines that make no sense, such as {@code line 3 of /etc/known_hosts}
 */
record KnownKeys(List<Known> keys, List<String> passedOver) {

  /**
   * A key of the host.
   *
   * @param file that names it
   * @param marker such as {@code revoked}; empty for a plain one
   * @param type of the key, as the protocol calls it
   * @param key nothing where the type is not known here
   */
  record Known(Path file, String marker, String type, Optional<PublicKey> key) {
    boolean plain() {
      return marker.isEmpty();
    }
  }

  /**
   * Reads files, those that are there.
   *
   * @throws GodwitException {@code FAILED} where one cannot be read at all
   */
  static KnownKeys of(String host, int port, List<Path> files) {
    KnownKeys found = new KnownKeys(new ArrayList<>(), new ArrayList<>());
    for (Path file : files) {
      if (Files.exists(file)) {
        found.read(host, port, file);
      }
    }
    return found;
  }

  private void read(String host, int port, Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1); // which takes any byte
    } catch (IOException e) {
      throw new GodwitException(ExitCode.FAILED, "cannot read the known hosts in " + file, null, e);
    }
    for (int number = 1; number <= lines.size(); number++) {
      if (!readLine(host, port, file, lines.get(number - 1).strip())) {
        passedOver.add("line " + number + " of " + file);
      }
    }
  }

  /** Whether the line makes sense: one that is empty or a comment does. */
  private boolean readLine(String host, int port, Path file, String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return true;
    }
    try (BufferedReader one = new BufferedReader(new StringReader(line))) {
      // The library leaves out what it cannot parse, but not a key that is cut off.
      List<KnownHostEntry> entries = KnownHostEntry.readKnownHostEntries(one);
      for (KnownHostEntry entry : entries) {
        if (entry.getKeyEntry() != null && entry.isHostMatch(host, port)) {
          keys.add(known(file, entry));
        }
      }
      return !entries.isEmpty();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private static Known known(Path file, KnownHostEntry entry)
      throws IOException, GeneralSecurityException {
    return new Known(
        file,
        entry.getMarker() == null ? "" : entry.getMarker(),
        entry.getKeyEntry().getKeyType(),
        Optional.ofNullable(
            entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING)));
  }
}
