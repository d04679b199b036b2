package dev.godwit.vault.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.aside.Spool;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.list.ListWriter;
import dev.godwit.vault.list.ObjectLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The schema objects of a run, taken at its beginning, while its source surely answers, and written
 * at its end, when it is known what was left out. Used by one thread at a time.
 */
final class SetAsideObjects implements AutoCloseable {
  private final Spool lines = new Spool();

  private SetAsideObjects() {}

  static SetAsideObjects of(Catalogue catalogue, Cancellation cancellation) {
    SetAsideObjects objects = new SetAsideObjects();
    try (Stream<SchemaObject> all = catalogue.objects()) {
      for (Iterator<SchemaObject> i = all.iterator(); i.hasNext(); ) {
        cancellation.check();
        objects.add(i.next());
      }
      return objects;
    } catch (RuntimeException e) {
      objects.close();
      throw e;
    }
  }

  void add(SchemaObject object) {
    byte[] line = ListWriter.json(ObjectLine.of(object));
    lines.write(line, 0, line.length);
    lines.write('\n');
  }

  /**
   * Writes those that belong to no dataset that was left out.
   *
   * @return how many
   */
  long writeTo(ListWriter list, Set<DatasetName> without, Cancellation cancellation) {
    long written = 0;
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines.from(0), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        cancellation.check();
        if (without.isEmpty() || belongs(line, without)) {
          list.addRaw(line.getBytes(StandardCharsets.UTF_8));
          written++;
        }
      }
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean belongs(String line, Set<DatasetName> without)
      throws JsonProcessingException {
    SchemaObject object = Json.LINE.readValue(line, ObjectLine.class).object();
    return object.datasets().stream().noneMatch(without::contains);
  }

  @Override
  public void close() {
    lines.close();
  }
}
