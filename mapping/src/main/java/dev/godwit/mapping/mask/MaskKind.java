package dev.godwit.mapping.mask;

/**
 * What is put in the place of a value. A null stays null, whatever the mask.
 *
 * @see ColumnMask
 */
public sealed interface MaskKind {
  /** Something that is the same for the same value and the same key, and tells nothing of it. */
  record Hash() implements MaskKind {
    @Override
    public String toString() {
      return "hash";
    }
  }

  /** Nothing. */
  record Null() implements MaskKind {
    @Override
    public String toString() {
      return "null";
    }
  }

  /** Always the same. */
  record Fixed(String text) implements MaskKind {
    @Override
    public String toString() {
      return "fixed:" + text;
    }
  }

  /** Of {@code name@host} the host as it is, the name as {@link Hash} has it. */
  record KeepDomain() implements MaskKind {
    @Override
    public String toString() {
      return "keep-domain";
    }
  }

  /**
   * Reads what its own text says.
   *
   * @throws IllegalArgumentException for any other text
   */
  static MaskKind parse(String text) {
    if (text.startsWith("fixed:")) {
      return new Fixed(text.substring("fixed:".length()));
    }
    return switch (text) {
      case "hash" -> new Hash();
      case "null" -> new Null();
      case "keep-domain" -> new KeepDomain();
      default ->
          throw new IllegalArgumentException(
              "there is no mask '" + text + "': hash, null, fixed:TEXT and keep-domain are");
    };
  }

  /** Whether it needs a key. */
  default boolean keyed() {
    return this instanceof Hash || this instanceof KeepDomain;
  }
}
