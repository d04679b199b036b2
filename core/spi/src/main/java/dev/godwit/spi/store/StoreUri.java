package dev.godwit.spi.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The address of a store: {@code scheme://user:password@host:port,host:port/path?key=value}, or
 * {@code scheme:path?key=value} for a file.
 *
 * <p>User, password, path and query are percent-decoded ({@code +} stands for itself). Hosts may be
 * several, and are absent for a socket. IPv6 addresses stand in brackets.
 *
 * @param scheme in lower case; chooses the plugin
 * @param user who logs in
 * @param password taken from the URI, which is discouraged: it shows in the process list
 * @param hosts in the order written; may be empty
 * @param path what follows the authority, without its leading slash; may be empty
 * @param query the options, in order
 */
public record StoreUri(
    String scheme,
    Optional<String> user,
    Optional<Secret> password,
    List<HostPort> hosts,
    String path,
    Map<String, String> query) {

  /**
   * One host of a store.
   *
   * @param host a name or an address, IPv6 without brackets
   * @param port 1 to 65535, or 0 for the engine's default
   */
  public record HostPort(String host, int port) {
    /** The port, or the engine's own where none was given. */
    public int portOr(int engineDefault) {
      return port == 0 ? engineDefault : port;
    }

    @Override
    public String toString() {
      String shown = host.contains(":") ? "[" + host + "]" : host;
      return port == 0 ? shown : shown + ":" + port;
    }
  }

  /** Copies the collections, keeping their order. */
  public StoreUri {
    hosts = List.copyOf(hosts);
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it has no scheme, a port is none, a blank stands in user or
   *     password, or an option has two values; the message never repeats the password
   */
  public static StoreUri parse(String text) {
    StoreUri parsed = parseParts(text);
    requireOneValue(text);
    return parsed;
  }

  private static StoreUri parseParts(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || !text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
      throw new IllegalArgumentException(
          "a store is named by a URI such as postgresql://user@host/database");
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1);
    int question = rest.indexOf('?');
    Map<String, String> query = question < 0 ? Map.of() : parseQuery(rest.substring(question + 1));
    rest = question < 0 ? rest : rest.substring(0, question);
    if (!rest.startsWith("//")) {
      return new StoreUri(
          scheme, Optional.empty(), Optional.empty(), List.of(), decode(rest), query);
    }
    rest = rest.substring(2);
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : decode(rest.substring(slash + 1));
    int at = authority.lastIndexOf('@');
    if (at < 0 && authority.contains(":") && text.indexOf('@') >= 0) {
      // Most likely a password that holds one of these: whatever else it was taken for would be
      // shown in an error.
      throw new IllegalArgumentException(
          "in a user, password or option write / as %2F, ? as %3F and @ as %40");
    }
    String login = at < 0 ? "" : authority.substring(0, at);
    if (login.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      // Nobody could tell where it ends, were the address repeated among other words.
      throw new IllegalArgumentException(
          "in a user or password write a blank as %20, and other such characters as % and two"
              + " hexadecimal digits");
    }
    int secret = login.indexOf(':');
    String user = secret < 0 ? login : login.substring(0, secret);
    return new StoreUri(
        scheme,
        Optional.of(decode(user)).filter(u -> !u.isEmpty()),
        secret < 0 ? Optional.empty() : Optional.of(Secret.of(decode(login.substring(secret + 1)))),
        parseHosts(authority.substring(at + 1)),
        path,
        query);
  }

  private static List<HostPort> parseHosts(String text) {
    List<HostPort> hosts = new ArrayList<>();
    for (String host : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int bracket = host.lastIndexOf(']');
      int colon = host.indexOf(':', Math.max(bracket, 0));
      String name = colon < 0 ? host : host.substring(0, colon);
      if (bracket > 0 && name.startsWith("[")) {
        name = name.substring(1, bracket);
      }
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a host is missing in the address");
      }
      hosts.add(new HostPort(name, colon < 0 ? 0 : parsePort(host.substring(colon + 1))));
    }
    return hosts;
  }

  private static int parsePort(String text) {
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "a port is a number from 1 to 65535, and an IPv6 address stands in brackets");
    }
    return port;
  }

  /** Of two values the last would be taken without a word. */
  private static void requireOneValue(String text) {
    int question = text.indexOf('?');
    Map<String, String> seen = new LinkedHashMap<>();
    for (String pair : question < 0 ? List.<String>of() : pairs(text.substring(question + 1))) {
      Map<String, String> one = parseQuery(pair);
      one.forEach(
          (key, value) -> {
            String other = seen.put(key, value);
            if (other != null && !other.equals(value)) {
              throw new IllegalArgumentException(
                  "the option '" + key + "' is given twice, with different values");
            }
          });
    }
  }

  private static List<String> pairs(String query) {
    return List.of(query.split("&", -1));
  }

  private static Map<String, String> parseQuery(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : pairs(text)) {
      int equals = pair.indexOf('=');
      String key = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!key.isEmpty()) {
        query.put(key, equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Without its cause, which repeats what may be a part of a password.
      throw new IllegalArgumentException(
          "two hexadecimal digits must follow each % of an address; % itself is %25");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The same store without its password and options: fit for a screen, a log, a manifest. */
  public String display() {
    if (hosts.isEmpty() && user.isEmpty() && !query.containsKey("host")) {
      return scheme + ":" + path;
    }
    StringBuilder shown = new StringBuilder(scheme).append("://");
    user.ifPresent(u -> shown.append(encode(u)).append('@'));
    shown.append(String.join(",", hosts.stream().map(HostPort::toString).toList()));
    return shown.append('/').append(path).toString();
  }

  /** As {@link #display}, so that a password cannot slip out. */
  @Override
  public String toString() {
    return display();
  }
}
