package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What a backup says at its end that it took over from earlier runs. */
record TakenOver(long blocks, long bytes, long newBlocks, long newBytes) {

  /** As the last of the JSON lines says it, of the one snapshot. */
  static TakenOver in(String printed) throws IOException {
    String last = printed.lines().reduce((earlier, later) -> later).orElse("");
    JsonNode end = new ObjectMapper().readTree(last);
    assertThat(end.get("event").asText()).as(last).isEqualTo("end");
    JsonNode snapshot = end.get("snapshots").get(0);
    return new TakenOver(
        snapshot.get("reused_blocks").asLong(),
        snapshot.get("reused_bytes").asLong(),
        snapshot.get("new_blocks").asLong(),
        snapshot.get("new_bytes").asLong());
  }

  /** It says at least so many bytes, and as new no more than were sent. */
  void hasBytes(long least, long sent) {
    assertThat(bytes).as("%s", this).isGreaterThan(least);
    assertThat(blocks).as("%s", this).isPositive();
    assertThat(newBytes).as("%s", this).isPositive().isLessThanOrEqualTo(sent);
    assertThat(newBlocks).as("%s", this).isPositive();
  }
}
