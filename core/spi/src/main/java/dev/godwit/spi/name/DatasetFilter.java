package dev.godwit.spi.name;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run was asked to take: which datasets, which of their records, which of their columns. The
 * same in every command.
 *
 * @param include datasets to take; empty means all
 * @param exclude datasets to leave, even where {@code include} matches
 * @param where a condition on a dataset's records, in the store's own language
 * @param columns the columns to take of a dataset, in this order
 */
public record DatasetFilter(
    List<DatasetPattern> include,
    List<DatasetPattern> exclude,
    List<Where> where,
    List<Columns> columns) {

  /** A condition on the records of the datasets that match. */
  public record Where(DatasetPattern dataset, String condition) {}

  /** The columns to take of the datasets that match. */
  public record Columns(DatasetPattern dataset, List<String> names) {
    /** Copies the names. */
    public Columns {
      names = List.copyOf(names);
    }
  }

  private static final String INCLUDE = " --include ";

  /** Takes everything. */
  public static final DatasetFilter ALL =
      new DatasetFilter(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public DatasetFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    where = List.copyOf(where);
    columns = List.copyOf(columns);
  }

  /** Whether the dataset is to be taken. */
  public boolean takes(DatasetName name) {
    return (include.isEmpty() || include.stream().anyMatch(p -> p.matches(name)))
        && exclude.stream().noneMatch(p -> p.matches(name));
  }

  /** Whether every dataset is taken whole. */
  public boolean takesAll() {
    return include.isEmpty() && exclude.isEmpty() && where.isEmpty() && columns.isEmpty();
  }

  /** The condition for the dataset's records; the first that matches. */
  public Optional<String> conditionFor(DatasetName name) {
    return where.stream().filter(w -> w.dataset().matches(name)).map(Where::condition).findFirst();
  }

  /** The columns to take of the dataset; the first list that matches. */
  public Optional<List<String>> columnsFor(DatasetName name) {
    return columns.stream().filter(c -> c.dataset().matches(name)).map(Columns::names).findFirst();
  }

  /**
   * Makes sure that each condition and each list of columns holds for a dataset, where it spells
   * one out: of several that match only the first does.
   *
   * @param taken the datasets, each by its name and then those of what it is a part of
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} for one that holds for none, since
   *     another comes first
   */
  public void refuseOverruled(Stream<List<DatasetName>> taken) {
    OverruledChoices conditions =
        new OverruledChoices(
            "--where",
            where.stream().map(w -> new OverruledChoices.Choice(w.dataset(), w.condition())));
    OverruledChoices lists =
        new OverruledChoices(
            "--columns",
            columns.stream()
                .map(c -> new OverruledChoices.Choice(c.dataset(), String.join(",", c.names()))));
    taken.forEach(
        names -> {
          conditions.meet(names);
          lists.meet(names);
        });
    conditions.check(
        "join the conditions into one, such as a > 1 and b > 2, or name other datasets");
    lists.check("write all columns of a dataset into one list");
  }

  /**
   * The filter as one line, the same for the same filter: retention and parents compare it. Empty
   * if everything is taken.
   */
  public String scope() {
    StringBuilder scope = new StringBuilder();
    include.forEach(p -> scope.append(INCLUDE).append(p));
    exclude.forEach(p -> scope.append(" --exclude ").append(p));
    where.forEach(
        w -> scope.append(" --where ").append(w.dataset()).append('=').append(w.condition()));
    columns.forEach(
        c ->
            scope
                .append(" --columns ")
                .append(c.dataset())
                .append('=')
                .append(String.join(",", c.names())));
    return scope.toString().strip();
  }

  /** Whether a scope is that of datasets that were chosen by name, not only of all but some. */
  public static boolean chooses(String scope) {
    return scope.startsWith(INCLUDE.strip());
  }
}
