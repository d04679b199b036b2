package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The snapshots of a vault, as {@code list} shows them, and what runs say of those they made. */
final class Snapshots {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Snapshots() {}

  /** Their ids, oldest first. */
  static List<String> in(String vault) throws IOException {
    return in(new VaultAt(vault, Map.of()));
  }

  /** Their ids, oldest first. */
  static List<String> in(VaultAt vault) throws IOException {
    return texts(vault, "/id");
  }

  /** The ids that they had where they were first made, oldest first. */
  static List<String> firstMadeAs(VaultAt vault) throws IOException {
    return texts(vault, "/copied_from/snapshot");
  }

  /** One text of each, oldest first. */
  static List<String> texts(VaultAt vault, String pointer) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonNode snapshot :
        JSON.readTree(vault.done("list", "--json", vault.uri()).out()).get("snapshots")) {
      texts.add(snapshot.at(pointer).asText());
    }
    return texts;
  }

  /** The newest. */
  static String newest(VaultAt vault) throws IOException {
    List<String> all = in(vault);
    assertThat(all).isNotEmpty();
    return all.get(all.size() - 1);
  }

  /** The one that a backup's JSON lines say was made; nothing where they have no end. */
  static Optional<String> saidToBeMade(String printed) throws IOException {
    String last = printed.lines().reduce((earlier, later) -> later).orElse("");
    if (!last.contains("\"event\":\"end\"") || !last.endsWith("}")) {
      return Optional.empty();
    }
    return Optional.of(JSON.readTree(last).get("snapshots").get(0).get("id").asText());
  }
}
