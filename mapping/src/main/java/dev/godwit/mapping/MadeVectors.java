package dev.godwit.mapping;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** The vectors that a reader made for the batch it handed out last. Used by one thread. */
public final class MadeVectors implements AutoCloseable {
  private final List<FieldVector> vectors = new ArrayList<>();

  /** Takes one, to be freed. */
  public void add(FieldVector vector) {
    vectors.add(vector);
  }

  /** Frees them; more may be made after this. */
  public void free() {
    vectors.forEach(FieldVector::close);
    vectors.clear();
  }

  @Override
  public void close() {
    free();
  }
}
