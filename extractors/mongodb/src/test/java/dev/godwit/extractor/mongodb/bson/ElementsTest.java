package dev.godwit.extractor.mongodb.bson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.testkit.sample.OddDocuments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every type and every odd document, stepped over to the byte, with no server. */
class ElementsTest {
  private static List<String> names(byte[] document) {
    List<String> names = new ArrayList<>();
    Elements elements = new Elements(document, 0, document.length);
    while (elements.next()) {
      names.add(elements.name());
    }
    return names;
  }

  @Test
  void stepsOverValuesOfEveryType() {
    OddDocuments.plain()
        .forEach(
            (what, document) -> {
              byte[] two =
                  OddDocuments.document(
                      OddDocuments.element(0x03, "odd", document),
                      inside(document),
                      OddDocuments.element(0x10, "end", OddDocuments.int32(1)));
              assertThat(names(two)).as(what).startsWith("odd").endsWith("end").contains("_id");
            });
    assertThat(OddDocuments.plain()).hasSizeGreaterThan(45);
  }

  private static byte[] inside(byte[] document) {
    return Arrays.copyOfRange(document, 4, document.length - 1);
  }

  @Test
  void namesMayBeEmptyAndMayComeTwice() {
    assertThat(names(OddDocuments.plain().get("same name twice"))).containsExactly("_id", "k", "k");
    assertThat(names(OddDocuments.plain().get("empty name"))).containsExactly("_id", "");
  }

  @Test
  void theHashIsOfTheIdWhereverItStands() {
    byte[] id = OddDocuments.element(0x10, "_id", OddDocuments.int32(42));
    byte[] other = OddDocuments.element(0x10, "x", OddDocuments.int32(43));
    byte[] nested = OddDocuments.element(0x03, "n", OddDocuments.document(other));
    long first = hash(OddDocuments.document(id, nested));
    assertThat(hash(OddDocuments.document(nested, other, id))).isEqualTo(first);
    assertThat(hash(OddDocuments.document(other, nested))).isNotEqualTo(first);
    assertThat(first).as("is part of what blocks hang on").isEqualTo(HASH_OF_42);
  }

  private static final long HASH_OF_42 = 2392174772787195245L;

  @Test
  void theHashTellsIdsOfEveryTypeApart() {
    assertThat(OddDocuments.ids().values().stream().map(ElementsTest::hash))
        .doesNotHaveDuplicates();
  }

  private static long hash(byte[] document) {
    return IdHash.of(document, 0, document.length);
  }

  @Test
  void refusesWhatIsCutShort() {
    OddDocuments.plain()
        .forEach(
            (what, document) -> {
              for (int length = 0; length < Math.min(document.length, 200); length++) {
                byte[] cut = Arrays.copyOf(document, length);
                assertThatThrownBy(() -> names(cut))
                    .as("%s cut to %d bytes", what, length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no BSON document");
              }
            });
  }

  @Test
  void neverReadsBeyondADocumentWhoseLengthsLie() {
    OddDocuments.plain()
        .forEach(
            (what, document) -> {
              for (int at = 4; at < Math.min(document.length - 1, 120); at++) {
                for (byte lie : new byte[] {0, 1, 0x7f, (byte) 0x80, (byte) 0xff}) {
                  byte[] changed = document.clone();
                  changed[at] = lie;
                  try {
                    assertThat(names(changed)).isNotNull();
                  } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining("no BSON document");
                  }
                }
              }
            });
  }
}
