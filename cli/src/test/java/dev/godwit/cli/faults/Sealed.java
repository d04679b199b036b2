package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Snapshots that were sealed, and of which rows; each can be proven to hold them still. */
final class Sealed {
  private final Map<String, String> rows = new LinkedHashMap<>();

  /** Notes what a snapshot was made of. */
  synchronized void add(String snapshot, Rows of) {
    rows.put(snapshot, of.fingerprint());
  }

  /** The newest that was made of the rows that a database holds now. */
  synchronized String snapshotOf(Rows database) {
    String now = database.fingerprint();
    return rows.entrySet().stream()
        .filter(each -> each.getValue().equals(now))
        .reduce((earlier, later) -> later)
        .orElseThrow()
        .getKey();
  }

  synchronized int count() {
    return rows.size();
  }

  /** A snapshot has to be among them. */
  synchronized void requireKnown(String snapshot) {
    assertThat(rows).as("sealed").containsKey(snapshot);
  }

  /** Restores every snapshot of a vault, all of which have to be known. */
  void requireAll(VaultAt vault, PostgresServer server) throws Exception {
    List<String> ids = Snapshots.in(vault);
    List<String> made = Snapshots.firstMadeAs(vault);
    for (int i = 0; i < ids.size(); i++) {
      String first = made.get(i).isEmpty() ? ids.get(i) : made.get(i);
      require(vault, ids.get(i), expected(first), server);
    }
  }

  private synchronized String expected(String snapshot) {
    requireKnown(snapshot);
    return rows.get(snapshot);
  }

  private static void require(VaultAt vault, String id, String expected, PostgresServer server) {
    String copy = server.createDatabase();
    vault.done("restore", "-q", "--snapshot", id, vault.uri(), server.uri(copy));
    assertThat(new Rows(server, copy).fingerprint()).as("%s of %s", id, vault).isEqualTo(expected);
    server.execute("postgres", "drop database " + copy);
  }
}
