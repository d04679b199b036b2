package dev.godwit.extractor.mongodb.session;

import dev.godwit.spi.store.OptionSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * The options of a URI for the driver, under the names that they have in every program of MongoDB
 * ("Connection String Options" of its manual).
 */
public final class DriverOptions {
  /** The mechanism of the login. */
  static final String MECHANISM = "authMechanism";

  /** Milliseconds until a server must have been found. */
  static final String SELECTION = "serverSelectionTimeoutMS";

  /** The PEM file of those who may vouch for a server; Java's driver takes it in no address. */
  static final String AUTHORITIES = "tlsCAFile";

  /** Those that pass through as they are. */
  static final List<OptionSpec> PASSED =
      List.of(
          OptionSpec.text(
              "authSource", "", "which database knows the user, if not that of the URI"),
          OptionSpec.text(MECHANISM, "", "how to log in, such as SCRAM-SHA-256, MONGODB-X509"),
          OptionSpec.text("authMechanismProperties", "", "what else the mechanism needs")
              .asSecret(),
          OptionSpec.text("replicaSet", "", "the name that the replica set must have"),
          OptionSpec.text("directConnection", "", "true to speak with one host and no other"),
          OptionSpec.text("loadBalanced", "", "true where a balancer stands before the servers"),
          OptionSpec.text("srvServiceName", "", "the service's name in DNS"),
          OptionSpec.text("srvMaxHosts", "", "how many hosts of DNS are taken at most"),
          OptionSpec.text("tls", "", "true to encrypt the connection"),
          OptionSpec.text("ssl", "", "the same as tls"),
          OptionSpec.text("tlsInsecure", "", "true to verify nothing of the server"),
          OptionSpec.text("tlsAllowInvalidHostnames", "", "true to take any name in a certificate"),
          OptionSpec.text("compressors", "", "snappy, zlib or zstd, with commas between"),
          OptionSpec.text("zlibCompressionLevel", "", "0 to 9"),
          OptionSpec.number("connectTimeoutMS", 10_000, "until a host counts as unreachable"),
          OptionSpec.number("socketTimeoutMS", 0, "without a byte until it fails; 0 for no limit"),
          OptionSpec.number(SELECTION, 10_000, "until a fitting server must have been found"),
          OptionSpec.text("heartbeatFrequencyMS", "", "how often servers are looked at"),
          OptionSpec.text("localThresholdMS", "", "how much slower than the nearest one may be"),
          OptionSpec.text("readPreference", "", "primary, secondary, nearest, ..."),
          OptionSpec.text("readPreferenceTags", "", "the members of a replica set that are read"),
          OptionSpec.text("maxStalenessSeconds", "", "how far a secondary may be behind"),
          OptionSpec.text("retryReads", "", "false to read again never"),
          OptionSpec.text("retryWrites", "", "false to write again never"),
          OptionSpec.text("w", "", "how many members must have a write"),
          OptionSpec.text("journal", "", "true to wait for the journal with each write"),
          OptionSpec.number("wtimeoutMS", 0, "until a write must have been acknowledged"),
          OptionSpec.text("proxyHost", "", "a SOCKS5 proxy"),
          OptionSpec.text("proxyPort", "", "the port of the proxy"),
          OptionSpec.text("appName", "godwit", "how the server shows these connections"));

  /** All of them. */
  public static final List<OptionSpec> ALL =
      Stream.concat(
              PASSED.stream(),
              Stream.of(
                  OptionSpec.text(
                      AUTHORITIES, "", "PEM file of the authorities that may vouch for a server")))
          .toList();

  private DriverOptions() {}
}
