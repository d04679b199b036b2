package dev.godwit.vault.key;

import java.util.Locale;

/**
 * What is sealed in the writer plane. Each kind has a key of its own, so that a piece of one kind
 * is never taken for a piece of another.
 */
public enum Plane {
  /** Tables of blocks of volumes. */
  VOLUME,
  /** Lists of blocks and of references. */
  LIST,
  /** The writer's part of manifests, and what stands in their heads. */
  MANIFEST,
  /** Segments of the index. */
  INDEX,
  /** Records of the audit. */
  AUDIT,
  /** Where blocks of volumes went that were written anew. */
  MOVED,
  /** Marks of what is about to be pruned. */
  MARK,
  /** Locks, and what says who is at work. */
  LOCK;

  /** The word for it in the derivation of its key. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
