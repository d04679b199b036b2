package dev.godwit.mapping.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeldObjectsTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private HeldObjects of(int count, String definition) {
    List<SchemaObject> all =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new SchemaObject(
                        "view:" + i,
                        "view",
                        DatasetName.of("shop", "v" + i),
                        definition,
                        List.of(),
                        SchemaObject.Phase.BEFORE_DATA,
                        List.of(),
                        Map.of()))
            .toList();
    return new HeldObjects(
        () -> {
          asked.incrementAndGet();
          return all.stream().onClose(closed::incrementAndGet);
        });
  }

  private static List<String> ids(HeldObjects objects) {
    try (Stream<SchemaObject> all = objects.stream()) {
      return all.map(SchemaObject::id).toList();
    }
  }

  @Test
  void fewAreAskedForOnce() {
    HeldObjects objects = of(3, "select 1");
    assertThat(ids(objects)).containsExactly("view:0", "view:1", "view:2").isEqualTo(ids(objects));
    assertThat(asked).hasValue(1);
    assertThat(closed).hasValue(1);
  }

  /** A part is not all. */
  @Test
  void whoStopsMidwayHoldsNothing() {
    HeldObjects objects = of(3, "select 1");
    try (Stream<SchemaObject> some = objects.stream()) {
      assertThat(some.limit(2)).hasSize(2);
    }
    assertThat(ids(objects)).hasSize(3);
    assertThat(asked).hasValue(2);
  }

  @Test
  void manyAreAskedForEachTime() {
    HeldObjects objects = of(30, "x".repeat(1 << 20));
    assertThat(ids(objects)).hasSize(30).isEqualTo(ids(objects));
    assertThat(asked).hasValue(2);
    assertThat(closed).hasValue(2);
  }

  @Test
  void noneAreHeldToo() {
    HeldObjects objects = of(0, "");
    assertThat(ids(objects)).isEmpty();
    assertThat(ids(objects)).isEmpty();
    assertThat(asked).hasValue(1);
  }
}
