package dev.godwit.extractor.postgresql.schema.graph;

/**
 * The system catalogues that objects lie in, by their fixed ids (pg_class of the catalogue {@code
 * pg_proc} is 1255 in every version).
 */
public final class Catalog {
  private Catalog() {}

  public static final int TYPE = 1247;
  public static final int PROC = 1255;
  public static final int CLASS = 1259;
  public static final int FOREIGN_DATA_WRAPPER = 2328;
  public static final int FOREIGN_SERVER = 1417;
  public static final int USER_MAPPING = 1418;
  public static final int ATTRDEF = 2604;
  public static final int AMOP = 2602;
  public static final int AMPROC = 2603;
  public static final int CAST = 2605;
  public static final int CONSTRAINT = 2606;
  public static final int CONVERSION = 2607;
  public static final int LANGUAGE = 2612;
  public static final int LARGE_OBJECT = 2613;
  public static final int NAMESPACE = 2615;
  public static final int OPCLASS = 2616;
  public static final int OPERATOR = 2617;
  public static final int REWRITE = 2618;
  public static final int TRIGGER = 2620;
  public static final int OPFAMILY = 2753;
  public static final int EXTENSION = 3079;
  public static final int POLICY = 3256;
  public static final int STATISTIC_EXT = 3381;
  public static final int COLLATION = 3456;
  public static final int EVENT_TRIGGER = 3466;
  public static final int TS_DICT = 3600;
  public static final int TS_PARSER = 3601;
  public static final int TS_CONFIG = 3602;
  public static final int TS_TEMPLATE = 3764;
  public static final int ACCESS_METHOD = 2601;
  public static final int TRANSFORM = 3576;
  public static final int PUBLICATION = 6104;
  public static final int PUBLICATION_TABLE = 6106;
  public static final int PUBLICATION_SCHEMA = 6237;
  public static final int SUBSCRIPTION = 6100;

  /** No catalogue: where shells of types stand in a graph, beside the types themselves. */
  public static final int SHELL = 1;

  /** No catalogue: where functions stand that have no body yet, beside the functions themselves. */
  public static final int STUB = 2;

  /** An object's id among those of all catalogues. */
  public static long key(int catalogue, int oid) {
    return ((long) catalogue << 32) | Integer.toUnsignedLong(oid);
  }

  /** The catalogue of a key. */
  public static int of(long key) {
    return (int) (key >>> 32);
  }

  /** The object id within its catalogue of a key. */
  public static int oid(long key) {
    return (int) key;
  }
}
