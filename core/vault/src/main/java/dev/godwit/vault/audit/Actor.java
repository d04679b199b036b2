package dev.godwit.vault.audit;

import dev.godwit.vault.file.Hash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who does something, and where.
 *
 * @param user of the operating system
 * @param host name of the machine
 * @param pid process id there
 */
public record Actor(String user, String host, long pid) {
  private static final Path MACHINE = Path.of("/etc/machine-id");

  /** This process. */
  public static Actor ofThisProcess() {
    return new Actor(
        System.getProperty("user.name", ""), hostName(), ProcessHandle.current().pid());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  /**
   * The name of this user's chain in a vault without keys: a hash of vault, user and machine
   * (machine-id(5), else the name of the host), so that it says nothing to who does not know them.
   */
  public String writer(String vault) {
    String text = "godwit audit\n" + vault + '\n' + user + '\n' + machine();
    return Hash.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  private String machine() {
    try {
      return Files.readString(MACHINE).strip();
    } catch (IOException e) {
      return host;
    }
  }
}
