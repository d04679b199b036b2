package dev.godwit.spi.store;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Who may vouch for a server: the certificates of a PEM file, and no others. */
public final class Authorities {
  private Authorities() {}

  /**
   * Encryption that trusts them.
   *
   * @param file with one certificate or more
   * @param option by which it was given, for errors
   * @throws GodwitException {@code USAGE} where it cannot be read or holds no certificate
   */
  public static SSLContext trusting(String file, String option) {
    return trusting(of(file, option));
  }

  /**
   * Who trusts them, for a library that makes its own connections.
   *
   * @throws GodwitException as {@link #trusting(String, String)}
   */
  public static TrustManager[] of(String file, String option) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate one : certificates(Path.of(file))) {
        store.setCertificateEntry("authority" + number++, one);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException | InvalidPathException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "cannot read the authorities of " + option + ": " + e.getMessage(),
          "name a PEM file of certificates",
          e);
    }
  }

  /**
   * Encryption that trusts whom these trust.
   *
   * @param trusted null for those of the JVM
   */
  public static SSLContext trusting(TrustManager[] trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new CertificateException(file + " holds no certificate");
      }
      return all;
    }
  }
}
