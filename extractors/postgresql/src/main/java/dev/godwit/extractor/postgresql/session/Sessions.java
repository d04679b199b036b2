package dev.godwit.extractor.postgresql.session;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.sql.Connection;
import java.util.List;

/**
 * Opens connections to one server. Each pins what could colour a value: time zone UTC, date and
 * interval style ISO, extra_float_digits, client encoding, bytea output, an empty search path, no
 * statement, lock or idle timeouts, row_security off.
 */
public final class Sessions {

  /** The options of a PostgreSQL URI: ours, and those of the driver that pass through. */
  public static final List<OptionSpec> OPTIONS = List.of();

  /** Sessions with the server of an address. Nothing is opened yet. */
  public Sessions(StoreAddress address, Role role, Cancellation cancellation) {
    throw new UnsupportedOperationException("" + address + role);
  }

  /**
   * Opens a connection to a database of the server, in auto-commit mode. Cancelling the run cancels
   * what it is doing. The caller closes it.
   *
   * @throws dev.godwit.spi.error.GodwitException with the role's exit code where host, login or
   *     database do not answer
   */
  public Connection open(String database) {
    throw new UnsupportedOperationException(database);
  }

  /** The database that the URI names; empty where it names none. */
  public String database() {
    throw new UnsupportedOperationException();
  }

  /** The host and port, for people. */
  public String display() {
    throw new UnsupportedOperationException();
  }
}
