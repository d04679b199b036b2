package dev.godwit.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.StoreUri;
import org.junit.jupiter.api.Test;

/** Where a vault lies in a bucket, and what is no such place. */
class BucketFolderTest {
  @Test
  void dotsBetweenSlashesAreRefused() {
    for (String prefix : new String[] {".", "..", "a/../shop", "a/./b", "shop/..", "%2e%2e/shop"}) {
      StoreUri uri = StoreUri.parse("s3://bucket/" + prefix);
      assertThatThrownBy(() -> BucketFolder.of(uri))
          .as(prefix)
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining("no '.' or '..'");
    }
    StoreUri dotted = StoreUri.parse("s3://bucket/a.b/..c/...");
    assertThat(BucketFolder.of(dotted).prefix()).isEqualTo("a.b/..c/.../");
  }
}
