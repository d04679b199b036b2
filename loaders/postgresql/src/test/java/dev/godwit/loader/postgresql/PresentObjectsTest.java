package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What needs a table that is left out is left out too, and told. */
class PresentObjectsTest {
  private static SchemaObject object(String kind, String name, String... needs) {
    return new SchemaObject(
        kind + ":" + name,
        kind,
        DatasetName.of("db", "public", name),
        "",
        List.of(needs),
        kind.equals("owner") ? Phase.LAST : Phase.BEFORE_DATA,
        List.of(),
        Map.of());
  }

  private final List<SchemaObject> objects =
      List.of(
          object("schema", "public"),
          object("table", "kept", "schema:public"),
          object("view", "good", "table:kept"),
          object("view", "bad", "table:kept", "table:gone"),
          object("function", "worse", "view:bad"),
          object("owner", "bad", "view:bad"),
          object("owner", "good", "view:good"));

  @Test
  void stepByStep() {
    assertThat(PresentObjects.of(objects.stream()).map(SchemaObject::id))
        .containsExactly("schema:public", "table:kept", "view:good", "owner:good");
    assertThat(PresentObjects.droppedOf(objects.stream()))
        .containsExactly("view db.public.bad", "function db.public.worse");
  }
}
