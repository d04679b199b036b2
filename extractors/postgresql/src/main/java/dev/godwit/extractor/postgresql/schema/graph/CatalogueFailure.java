package dev.godwit.extractor.postgresql.schema.graph;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/**
 * A question to the catalogue that the server did not answer. Who runs the question knows what was
 * read and on which host, and says more of it by {@link #sql()}.
 */
public final class CatalogueFailure extends GodwitException {
  private static final long serialVersionUID = 1L;

  private final SQLException sql;

  CatalogueFailure(SQLException sql) {
    super(ExitCode.FAILED, "cannot read the database's catalogue: " + firstLine(sql), null, sql);
    this.sql = sql;
  }

  /** What the driver threw. */
  public SQLException sql() {
    return sql;
  }

  /** Without what the server adds in lines of their own, which may hold data. */
  private static String firstLine(SQLException e) {
    String text =
        e instanceof PSQLException known && known.getServerErrorMessage() != null
            ? known.getServerErrorMessage().getMessage()
            : e.getMessage();
    return String.valueOf(text).lines().findFirst().orElse("").strip();
  }
}
