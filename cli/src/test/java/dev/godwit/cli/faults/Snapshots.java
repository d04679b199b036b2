package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.godwit.cli.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The snapshots of a vault, as {@code list} shows them. */
final class Snapshots {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Snapshots() {}

  /** Their ids, oldest first. */
  static List<String> in(String vault) throws IOException {
    Invocation list = Invocation.of("list", "--json", vault);
    assertThat(list.status()).as(list.err()).isZero();
    List<String> ids = new ArrayList<>();
    for (JsonNode snapshot : JSON.readTree(list.out()).get("snapshots")) {
      ids.add(snapshot.get("id").asText());
    }
    return ids;
  }
}
