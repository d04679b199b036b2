package dev.godwit.extractor.postgresql.session;

import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of a PostgreSQL URI: a few of ours, and the driver's own that pass through. */
final class SessionOptions {
  static final String HOST = "host";
  static final String PORT = "port";
  static final String LOCK_TIMEOUT = "lock-timeout";
  static final String RAW_COPY = "raw-copy";
  static final String FOREIGN_TABLES = "foreign-tables";
  static final String GSS = "gssEncMode";
  static final String SSL_MODE = "sslmode";
  static final String SSL_FACTORY = "sslfactory";

  private static final List<OptionSpec> OURS =
      List.of(
          OptionSpec.text(HOST, "", "the folder of the server's Unix socket, or its host name"),
          OptionSpec.number(PORT, 0, "the port, also of a Unix socket; 0 for PGPORT or 5432"),
          OptionSpec.number(LOCK_TIMEOUT, 10, "seconds to wait for a table that is being changed"),
          OptionSpec.onOff(
              FOREIGN_TABLES, false, "read foreign tables too; they do not share the snapshot"),
          OptionSpec.onOff(
              RAW_COPY, true, "read table data straight from the socket, not through the driver"));

  /** Documented by the driver under the same names ("Connection parameters" of its manual). */
  private static final List<OptionSpec> DRIVERS =
      List.of(
          OptionSpec.choice(
              SSL_MODE,
              List.of("prefer", "disable", "allow", "require", "verify-ca", "verify-full"),
              "whether the connection is encrypted, and what of the server is verified"),
          OptionSpec.text("sslrootcert", "", "file of the authorities that may vouch for a server"),
          OptionSpec.text("sslcert", "", "file of the client's certificate"),
          OptionSpec.text("sslkey", "", "file of the client's key (PKCS-8 or PKCS-12)"),
          OptionSpec.text("sslpassword", "", "password of the client's key").asSecret(),
          OptionSpec.choice(
              "sslNegotiation", List.of("postgres", "direct"), "how encryption is begun"),
          OptionSpec.text(SSL_FACTORY, "", "class of the driver's that makes encrypted sockets"),
          OptionSpec.choice(
              "channelBinding",
              List.of("prefer", "disable", "require"),
              "whether the login is bound to the encrypted channel"),
          OptionSpec.text("requireAuth", "", "the ways of logging in that are allowed"),
          OptionSpec.choice(
              GSS,
              List.of("disable", "allow", "prefer", "require"),
              "whether the connection is encrypted by GSSAPI"),
          OptionSpec.text("kerberosServerName", "", "the server's name in Kerberos"),
          OptionSpec.text("jaasApplicationName", "", "the entry of the JAAS configuration"),
          OptionSpec.onOff("jaasLogin", true, "log in by JAAS before GSSAPI"),
          OptionSpec.number("connectTimeout", 10, "seconds until a host counts as unreachable"),
          OptionSpec.number("loginTimeout", 0, "seconds that connecting may take; 0 for no limit"),
          OptionSpec.number(
              "socketTimeout", 0, "seconds without a byte until it fails; 0 for no limit"),
          OptionSpec.onOff("tcpKeepAlive", true, "let TCP find out whether the server is there"),
          OptionSpec.choice(
              "targetServerType",
              List.of("any", "primary", "secondary", "preferPrimary", "preferSecondary"),
              "which of several hosts is taken"),
          OptionSpec.number(
              "hostRecheckSeconds", 10, "seconds until a host's kind is looked at again"),
          OptionSpec.text("ApplicationName", "godwit", "how the server shows these sessions"));

  static final List<OptionSpec> ALL = all();

  private SessionOptions() {}

  private static List<OptionSpec> all() {
    List<OptionSpec> all = new ArrayList<>(OURS);
    all.addAll(DRIVERS);
    return List.copyOf(all);
  }

  /** The options that are the driver's, each as given or by our default. */
  static Properties driverProperties(Options options) {
    Set<String> passed = DRIVERS.stream().map(OptionSpec::key).collect(Collectors.toSet());
    Properties properties = new Properties();
    passed.forEach(key -> options.text(key).ifPresent(value -> properties.setProperty(key, value)));
    return properties;
  }
}
