package dev.godwit.extractor.postgresql.session;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.Secret;
import dev.godwit.spi.store.StoreAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;

/**
 * Opens connections to one server. Each pins what could colour a value: time zone UTC, date and
 * interval style ISO, extra_float_digits, client encoding, bytea output, an empty search path, no
 * statement, lock or idle timeouts, row_security off.
 */
public final class Sessions {
  private static final String CANCEL_SECONDS = "2";

  /** The options of a PostgreSQL URI: ours, and those of the driver that pass through. */
  public static final List<OptionSpec> OPTIONS = SessionOptions.ALL;

  /**
   * An expression in SQL: the names of pinned settings that the server connection which carries it
   * out does not have, as behind a pooler that gives each transaction another one; else empty.
   */
  public static final String LOST_SETTINGS = SessionSettings.LOST;

  /** The driver throws what it logs; a line of its own on the screen would only repeat it. */
  private static final Logger DRIVERS_LOG = Logger.getLogger("org.postgresql");

  static {
    if (DRIVERS_LOG.getLevel() == null) {
      DRIVERS_LOG.setLevel(Level.OFF);
    }
  }

  private final StoreAddress address;
  private final Role role;
  private final Cancellation cancellation;
  private final Hosts hosts;
  private final Login login;
  private final OpenSessions open = new OpenSessions();

  /** Sessions with the server of an address. Nothing is opened yet. */
  public Sessions(StoreAddress address, Role role, Cancellation cancellation) {
    this.address = address;
    this.role = role;
    this.cancellation = cancellation;
    this.hosts = Hosts.of(address);
    this.login = new Login(address);
    cancellation.onCancel(open::breakOff);
  }

  /**
   * Opens a connection to a database of the server, in auto-commit mode. Cancelling the run cancels
   * what it is doing. The caller closes it.
   *
   * @throws dev.godwit.spi.error.GodwitException with the role's exit code where host, login or
   *     database do not answer
   */
  public Connection open(String database) {
    return openSession(database).connection();
  }

  /** Opens a connection as {@link #open}, together with the socket under it. */
  public Session openSession(String database) {
    cancellation.check();
    Optional<Secret> password = login.password();
    try {
      return connect(database, password);
    } catch (SQLException e) {
      cancellation.check();
      ConnectFailure failure = new ConnectFailure(role, hosts.display(), login.user(), database);
      if (password.isEmpty() && ConnectFailure.wantsPassword(e) && login.prompt(hosts.display())) {
        return openSession(database);
      }
      throw failure.explain(e, password.isPresent());
    }
  }

  private Session connect(String database, Optional<Secret> password) throws SQLException {
    SocketWatch watch = new SocketWatch(hosts.socket());
    Properties properties = properties(watch, password);
    open.connecting(watch);
    try {
      Connection made = new Driver().connect(hosts.url(database), properties);
      if (made == null) {
        throw new GodwitException(
            ExitCode.USAGE, "'" + hosts.display() + "' is no address of a PostgreSQL server");
      }
      PgConnection connection = made.unwrap(PgConnection.class);
      Optional<Wire> wire = watch.made();
      Session session = new Session(connection, readsRaw() ? wire : Optional.empty(), watch);
      open.connected(watch, session);
      SessionSettings.pin(connection);
      return session;
    } catch (SQLException e) {
      watch.close();
      watch.forget();
      throw e;
    } finally {
      open.settled(watch);
    }
  }

  private Properties properties(SocketWatch watch, Optional<Secret> password) {
    Properties properties = SessionOptions.driverProperties(address.options());
    properties.setProperty(PGProperty.USER.getName(), login.user());
    password.ifPresent(p -> properties.setProperty(PGProperty.PASSWORD.getName(), p.reveal()));
    properties.setProperty(
        PGProperty.SOCKET_FACTORY.getName(), WatchingSocketFactory.class.getName());
    properties.setProperty(PGProperty.SOCKET_FACTORY_ARG.getName(), watch.ticket());
    if (address.options().text(SessionOptions.SSL_FACTORY).isEmpty()) {
      properties.setProperty(PGProperty.SSL_FACTORY.getName(), WatchingTlsFactory.class.getName());
    }
    if (hosts.socket().isPresent()) {
      properties.setProperty(PGProperty.SSL_MODE.getName(), "disable");
    }
    // Named statements would not outlive a pooler's choice of another server.
    properties.setProperty(PGProperty.PREPARE_THRESHOLD.getName(), "0");
    properties.setProperty(PGProperty.CANCEL_SIGNAL_TIMEOUT.getName(), CANCEL_SECONDS);
    return properties;
  }

  /** Only where nothing but our own sockets lies between the driver and the server. */
  private boolean readsRaw() {
    Options options = address.options();
    return options.on(SessionOptions.RAW_COPY)
        && options.text(SessionOptions.SSL_FACTORY).isEmpty()
        && options.text(SessionOptions.GSS).equals(Optional.of("disable"));
  }

  /** The database that the URI names; empty where it names none. */
  public String database() {
    return address.uri().path();
  }

  /** The host and port, for people. */
  public String display() {
    return hosts.display();
  }

  /** Who logs in. */
  public String user() {
    return login.user();
  }
}
