package dev.godwit.spi.extract;

import dev.godwit.spi.name.DatasetName;
import java.util.List;

/**
 * A dataset that is made of a query while it is read.
 *
 * @param name what it is to be called: the last parts of a dataset's name, the rest is as the
 *     store's own datasets have it
 * @param statement one statement in the store's own language, which changes nothing
 * @param key columns of the result that name each of its rows; empty where nothing does
 */
public record DatasetQuery(DatasetName name, String statement, List<String> key) {
  /** Copies the key. */
  public DatasetQuery {
    key = List.copyOf(key);
  }

  /** As it is written on a command line. */
  @Override
  public String toString() {
    String query = "--query " + name + "=" + statement;
    return key.isEmpty() ? query : query + " --key " + name + "=" + String.join(",", key);
  }
}
