package dev.godwit.mapping.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.Converted;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.record.Fields;
import dev.godwit.testkit.sample.EveryKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not converted is refused, and never passed on as if it were. */
class ConversionsTest {
  private static final RecordForm.Rows ROWS =
      field -> new Placement(field, Placement.Fidelity.EXACT, "");
  private static final Dataset DOCUMENTS =
      Converted.rows(List.of(), Fields.bson("document", "document"));
  private static final Dataset TABLE = Converted.rows(List.of("id"), EveryKind.integer("id", 64));

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(
            () ->
                Converted.of(
                    DOCUMENTS,
                    new RecordForm.Documents(),
                    OnLossy.FAIL,
                    null,
                    new FieldChoice("id", "number", null)))
        .hasMessageContaining("cannot be chosen yet");
  }

  @Test
  void keepsDocumentsAndRowsAsTheyAre() {
    assertThat(Converted.of(DOCUMENTS, new RecordForm.Documents(), OnLossy.FAIL, null).dataset())
        .isEqualTo(DOCUMENTS);
    assertThat(Converted.of(TABLE, ROWS, OnLossy.FAIL, null).dataset()).isEqualTo(TABLE);
  }
}
