package dev.godwit.extractor.postgresql.schema.graph;

import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What part of which database is described.
 *
 * @param query asks its catalogue
 * @param database its name
 * @param relations the tables taken, by their ids
 * @param left the tables that are there and not taken, by their ids
 * @param types ids of types that are taken beside those that the tables need
 * @param whole whether all of the database is taken, but for tables that are left and what needs
 *     them
 * @param secrets whether passwords are carried
 */
public record Scope(
    CatalogueQuery query,
    String database,
    Map<Integer, DatasetName> relations,
    Map<Integer, DatasetName> left,
    Set<Integer> types,
    boolean whole,
    boolean secrets) {

  /** How many tables, or other objects, one query asks for. */
  public static final int PAGE = 200;

  /**
   * A condition that holds for schemas that may hold what users made: not the server's own, and not
   * Godwit's.
   */
  public static final String USER_SCHEMA =
      "(n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '_godwit'))";

  /** The datasets that something on a relation belongs to: its own, where it is taken. */
  public List<DatasetName> datasets(int relation) {
    DatasetName dataset = relations.get(relation);
    return dataset == null ? List.of() : List.of(dataset);
  }

  /** The name of an object in a schema. */
  public DatasetName name(String... parts) {
    List<String> path = new ArrayList<>(List.of(database));
    path.addAll(List.of(parts));
    return new DatasetName(path);
  }

  /** A condition that the object is not a member of an extension, which brings it itself. */
  public static String notOfExtension(String catalogue, String id) {
    return "not exists (select from pg_depend x where x.classid = '"
        + catalogue
        + "'::regclass and x.objid = "
        + id
        + " and x.deptype = 'e')";
  }

  /**
   * A condition that an object, whose schema is {@code n}, was made by users: not by the server and
   * not by an extension.
   */
  public static String madeByUsers(String catalogue, String id) {
    return USER_SCHEMA + " and " + notOfExtension(catalogue, id);
  }

  /** As {@link #madeByUsers}, of what lies in no schema; nor made by another object for itself. */
  public static String madeByUsersAnywhere(String catalogue, String id) {
    return id
        + " >= 16384 and not exists (select from pg_depend x where x.classid = '"
        + catalogue
        + "'::regclass and x.objid = "
        + id
        + " and x.deptype in ('e', 'i'))";
  }

  /** A list cut into pages. */
  public static <T> List<List<T>> pages(List<T> all) {
    return pages(all, PAGE);
  }

  /** A list cut into pages of so many. */
  public static <T> List<List<T>> pages(List<T> all, int size) {
    List<List<T>> pages = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      pages.add(all.subList(from, Math.min(from + size, all.size())));
    }
    return pages;
  }
}
