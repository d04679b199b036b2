package dev.godwit.storage.s3;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Authorities;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Which S3 servers are trusted, and why another is not. */
final class Https {
  /** As in AWS's own tools: a PEM file of those who may vouch for a server, and nobody else. */
  static final String AUTHORITIES = "AWS_CA_BUNDLE";

  private Https() {}

  /**
   * Makes connections to servers that are trusted.
   *
   * @throws GodwitException {@code USAGE} where the file of authorities cannot be read
   */
  static Apache5HttpClient.Builder client(Map<String, String> environment) {
    return Apache5HttpClient.builder().tlsTrustManagersProvider(trust(environment));
  }

  /** Null, as the SDK has it, for those whom Java trusts. */
  private static TlsTrustManagersProvider trust(Map<String, String> environment) {
    String file = environment.getOrDefault(AUTHORITIES, "");
    if (file.isEmpty()) {
      return null;
    }
    var trusted = Authorities.of(file, AUTHORITIES);
    return () -> trusted;
  }

  /** Whether something answered that does not speak TLS. */
  private static boolean isPlain(SSLException e) {
    return String.valueOf(e.getMessage()).startsWith("Unsupported or unrecognized SSL message");
  }

  /** Whether encryption is why a server is not spoken to, and not a connection that broke. */
  static boolean isRefusal(Throwable failure) {
    return refusal(failure).isPresent();
  }

  private static Optional<SSLException> refusal(Throwable failure) {
    return cause(failure, SSLException.class).filter(e -> refuses(e) || isPlain(e));
  }

  /** Whether the server is not the one that it should be. */
  private static boolean refuses(Throwable failure) {
    return cause(failure, CertificateException.class).isPresent()
        || cause(failure, SSLPeerUnverifiedException.class).isPresent();
  }

  /**
   * Why a place is not spoken to; nothing where encryption is not the reason, or where the
   * connection just broke, which Java tells as a failure of TLS too and which may be tried again.
   */
  static Optional<GodwitException> failure(BucketFolder folder, Exception failure) {
    return refusal(failure)
        .map(
            e ->
                new GodwitException(
                    ExitCode.FAILED,
                    "no encrypted connection to the S3 server of "
                        + folder.display()
                        + ": "
                        + (refuses(e) && !isOfAnother(e)
                            ? "its certificate is not trusted"
                            : S3Failure.why(e)),
                    hint(e),
                    failure));
  }

  private static String hint(SSLException e) {
    if (isOfAnother(e)) {
      return "name the host in the endpoint as the certificate does";
    }
    return refuses(e)
        ? "name a PEM file of who may vouch for it in " + AUTHORITIES
        : "check that the server speaks TLS at this port; http:// does without";
  }

  /** It is trusted, and another server's. */
  private static boolean isOfAnother(Throwable e) {
    return cause(e, SSLPeerUnverifiedException.class).isPresent()
        || String.valueOf(S3Failure.why(e)).startsWith("No subject alternative");
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return Optional.of(kind.cast(at));
      }
    }
    return Optional.empty();
  }
}
