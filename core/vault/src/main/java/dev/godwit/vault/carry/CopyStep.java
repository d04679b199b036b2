package dev.godwit.vault.carry;

import dev.godwit.vault.Manifest;

/** What becomes of one snapshot of the source in a copy. */
public sealed interface CopyStep {
  /** The snapshot's id in the source. */
  String id();

  /** It is to be copied. */
  record ToCopy(Manifest manifest) implements CopyStep {
    @Override
    public String id() {
      return manifest.id();
    }
  }

  /**
   * The target has it.
   *
   * @param there its id in the target
   */
  record There(Manifest manifest, String there) implements CopyStep {
    @Override
    public String id() {
      return manifest.id();
    }
  }

  /**
   * It was copied.
   *
   * @param made its manifest in the target
   */
  record Copied(Manifest manifest, Manifest made) implements CopyStep {
    @Override
    public String id() {
      return manifest.id();
    }
  }

  /**
   * It cannot be copied, for the source is damaged.
   *
   * @param what one line that names the file
   */
  record Damaged(String id, String what) implements CopyStep {}

  /** It cannot be copied, for a prune dropped it from the source since it was planned. */
  record Dropped(Manifest manifest) implements CopyStep {
    @Override
    public String id() {
      return manifest.id();
    }
  }
}
