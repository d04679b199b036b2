package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexMemoryTest {
  private static final int BUDGET = 512;
  private static final int SESSIONS = 2;

  private Connection connection;
  private IndexMemory memory;

  @BeforeEach
  void connect() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    connection = server.connect(server.createDatabase());
    connection.setAutoCommit(false);
    memory = IndexMemory.of(connection, BUDGET, SESSIONS);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String setting(String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  private String sorting(long rows) throws SQLException {
    Pieces.run(connection, memory.toSort(rows, 1));
    return setting("maintenance_work_mem");
  }

  private String lookingUp(long rows) throws SQLException {
    Pieces.run(connection, memory.toLookUp(rows));
    return setting("maintenance_work_mem");
  }

  @Test
  void aSortTakesWhatOnePassNeeds() throws SQLException {
    assertThat(sorting(0)).isEqualTo("8MB");
    assertThat(sorting(6_000_000)).isEqualTo("9MB");
    assertThat(sorting(1_000_000_000)).isEqualTo("127MB");
    assertThat(memory.most()).isEqualTo(127);
  }

  @Test
  void aLookUpTakesWhatAFewFilesNeed() throws SQLException {
    assertThat(lookingUp(0)).isEqualTo("4MB");
    assertThat(lookingUp(50_000_000)).isEqualTo("95MB");
  }

  @Test
  void neverMoreThanItsShareOfTheBudget() throws SQLException {
    assertThat(sorting(1_000_000_000_000L)).isEqualTo("256MB");
    assertThat(lookingUp(1_000_000_000_000L)).isEqualTo("256MB");
  }

  @Test
  void theServersOwnSettingWhereNothingIsKnown() throws SQLException {
    String own = setting("maintenance_work_mem");
    assertThat(sorting(-1)).isEqualTo(own);
    assertThat(lookingUp(-1)).isEqualTo(own);
  }

  @Test
  void noWorkersBesideSessionsThatKeepThisMachineBusy() throws SQLException {
    Pieces.run(connection, memory.toSort(1, Runtime.getRuntime().availableProcessors()));
    assertThat(setting("max_parallel_maintenance_workers")).isEqualTo("0");
  }

  @Test
  void givenBackWithTheTransaction() throws SQLException {
    String own = setting("maintenance_work_mem");
    assertThat(sorting(0)).isNotEqualTo(own);
    connection.commit();
    assertThat(setting("maintenance_work_mem")).isEqualTo(own);
  }
}
