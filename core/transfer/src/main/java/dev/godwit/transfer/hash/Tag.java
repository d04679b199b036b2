package dev.godwit.transfer.hash;

/** The first byte of each value; the table is in the package's documentation. */
final class Tag {
  static final int NULL = 0;
  static final int BOOL = 1;
  static final int WHOLE = 2;
  static final int DECIMAL = 3;
  static final int FLOAT = 4;
  static final int TEXT = 5;
  static final int BYTES = 6;
  static final int UUID = 7;
  static final int DATE = 8;
  static final int TIME = 9;
  static final int LOCAL_TIMESTAMP = 10;
  static final int INSTANT = 11;
  static final int INTERVAL = 12;
  static final int LIST = 13;
  static final int STRUCT = 14;
  static final int MAP = 15;
  static final int MISFIT = 16;
  static final int LARGE = 17;

  private Tag() {}
}
