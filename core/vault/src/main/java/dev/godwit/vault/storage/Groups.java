package dev.godwit.vault.storage;

import java.util.AbstractList;
import java.util.List;

/**
 * Many things in groups, each of which a far storage is asked about at once; between two groups it
 * is asked whether the run may go on, and memory holds what came of one.
 */
public final class Groups<T> extends AbstractList<List<T>> {
  private static final int SIZE = 64;

  private final List<T> all;

  private Groups(List<T> all) {
    this.all = all;
  }

  /** The groups, in order. */
  public static <T> List<List<T>> of(List<T> all) {
    return new Groups<>(all);
  }

  @Override
  public List<T> get(int index) {
    return all.subList(index * SIZE, Math.min((index + 1) * SIZE, all.size()));
  }

  @Override
  public int size() {
    return (all.size() + SIZE - 1) / SIZE;
  }
}
