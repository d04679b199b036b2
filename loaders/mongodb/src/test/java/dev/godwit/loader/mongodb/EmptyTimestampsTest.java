package dev.godwit.loader.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** Which documents a server would fill a timestamp into. That none is lost, the contract tests. */
class EmptyTimestampsTest {
  private static boolean found(String json) {
    return EmptyTimestamps.in(RawBsonDocument.parse(json));
  }

  @Test
  void onlyAtTheTopLevelAndNotAsAnId() {
    assertThat(found("{_id: 1, a: 'x', t: {$timestamp: {t: 0, i: 0}}}")).isTrue();
    assertThat(found("{_id: 1, t: {$timestamp: {t: 0, i: 1}}}")).isFalse();
    assertThat(found("{_id: 1, t: {$timestamp: {t: 1, i: 0}}}")).isFalse();
    assertThat(found("{_id: 1, n: {t: {$timestamp: {t: 0, i: 0}}}}")).isFalse();
    assertThat(found("{_id: {$timestamp: {t: 0, i: 0}}, a: 1}")).isFalse();
  }

  @Test
  void whatHasTheNameOfAPathIsNotSet() {
    assertThat(
            EmptyTimestamps.zeros(
                RawBsonDocument.parse(
                    "{_id: 1, t: {$timestamp: {t: 0, i: 0}}, 'a.b': {$timestamp: {t: 0, i: 0}}}")))
        .containsOnlyKeys("t");
  }
}
