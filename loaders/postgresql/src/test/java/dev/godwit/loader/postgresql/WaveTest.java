package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.said.Privileges;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.testkit.server.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made at the same time, of the definitions of real databases. */
class WaveTest {
  private static final int LANES = 3;

  private static List<SchemaObject> objects(String kind) throws Exception {
    PostgresServer server = PostgresServer.shared();
    Databases.makeRoles(server);
    String source = server.createDatabase();
    Databases.run(server, source, Databases.script("kinds/" + kind + ".sql"));
    return Databases.objects(server, source);
  }

  /** The waves as {@link Making} has them. */
  private static List<Wave> waves(List<SchemaObject> objects) {
    List<Wave> waves = new ArrayList<>(List.of(new Wave(LANES, 1_000)));
    for (SchemaObject object : objects) {
      if (!waves.get(waves.size() - 1).takes(object)) {
        waves.add(new Wave(LANES, 1_000));
      }
      waves.get(waves.size() - 1).add(object);
    }
    return waves;
  }

  private static List<SchemaObject> all(Wave wave) {
    return wave.lanes().stream().flatMap(List::stream).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"owners", "names", "partitions", "views", "odd"})
  void nothingIsMadeBesideWhatItNeeds(String kind) throws Exception {
    List<SchemaObject> objects = objects(kind);
    Set<String> made = new HashSet<>();
    int beside = 0;
    for (Wave wave : waves(objects)) {
      beside = Math.max(beside, wave.lanes().size());
      Set<String> ofWave = new HashSet<>();
      for (List<SchemaObject> lane : wave.lanes()) {
        Set<String> ofLane = new HashSet<>(made);
        for (SchemaObject object : lane) {
          assertThat(object.dependencies())
              .filteredOn(id -> objects.stream().anyMatch(o -> o.id().equals(id)))
              .as(object.id())
              .allMatch(ofLane::contains);
          ofLane.add(object.id());
          ofWave.add(object.id());
        }
      }
      made.addAll(ofWave);
    }
    assertThat(made).hasSize(objects.size());
    assertThat(beside).isEqualTo(LANES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"owners", "names", "partitions", "odd"})
  void whatChangesOneThingIsOfOneLane(String kind) throws Exception {
    for (Wave wave : waves(objects(kind))) {
      Map<String, List<SchemaObject>> laneOf = new HashMap<>();
      for (List<SchemaObject> lane : wave.lanes()) {
        for (SchemaObject object : lane) {
          List<String> changed = new ArrayList<>();
          object.datasets().stream().limit(1).forEach(d -> changed.add(d.toString()));
          object.attribute(Attributes.RELATED).ifPresent(r -> changed.add("related"));
          for (String thing : changed) {
            assertThat(laneOf.computeIfAbsent(thing, t -> lane)).as(object.id()).isSameAs(lane);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"owners", "names", "odd"})
  void privilegesAreGivenApartFromOwners(String kind) throws Exception {
    List<SchemaObject> objects = objects(kind);
    int given = 0;
    for (Wave wave : waves(objects)) {
      List<SchemaObject> privileges =
          all(wave).stream().filter(o -> o.kind().equals(Privileges.WORD)).toList();
      assertThat(privileges.isEmpty() || privileges.size() == all(wave).size())
          .as("%s", privileges)
          .isTrue();
      given += privileges.size();
    }
    assertThat(given).isPositive();
    assertThat(objects).anyMatch(o -> o.kind().equals("owner"));
  }
}
