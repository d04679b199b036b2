package dev.godwit.vault.block;

/** What a block holds. */
public enum BlockKind {
  /** One record batch. */
  BATCH(0, "batch"),
  /** A piece of a large value. */
  PIECE(1, "piece");

  private final int code;
  private final String word;

  BlockKind(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** Its number in volumes and in the index. */
  public int code() {
    return code;
  }

  /** Its word in lists. */
  public String word() {
    return word;
  }

  /**
   * The kind of a number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BlockKind of(int code) {
    return switch (code) {
      case 0 -> BATCH;
      case 1 -> PIECE;
      default -> throw new IllegalArgumentException("no block has the kind " + code);
    };
  }

  /**
   * The kind of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BlockKind of(String word) {
    return switch (word) {
      case "batch" -> BATCH;
      case "piece" -> PIECE;
      default -> throw new IllegalArgumentException("no block has the kind '" + word + "'");
    };
  }
}
