package dev.godwit.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes self-signed certificates with the JDK's own keytool. */
public final class Certificates {
  /** Of the stores of keys. */
  public static final String PASSWORD = "changeit";

  private Certificates() {}

  /**
   * Writes {@code name.crt}, {@code name.key} and {@code name.p12} into a folder.
   *
   * @param subject such as {@code dns:localhost}
   * @return the certificate
   */
  public static Path make(Path folder, String name, String subject) throws Exception {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-ext",
                "bc=ca:true",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Path key = folder.resolve(name + ".key");
    pem(key, "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path certificate = folder.resolve(name + ".crt");
    pem(certificate, "CERTIFICATE", keys.getCertificate(name).getEncoded());
    return certificate;
  }

  private static void pem(Path file, String what, byte[] bytes) throws Exception {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }
}
