package dev.godwit.vault.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key files as they come back from editors, mails and other systems. */
class KeyFilesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

  @TempDir Path folder;

  @Test
  void anIdentityIsReadWhateverEndsItsLines() throws Exception {
    Identity identity = Identity.generate();
    Path file = folder.resolve("identity");
    identity.write(file, DAY);
    String text = Files.readString(file);
    for (String other :
        new String[] {
          text.replace("\n", "\r\n"),
          "\uFEFF" + text,
          text.strip(),
          "\n\n  " + text.lines().reduce((a, b) -> b).orElseThrow() + "  \n"
        }) {
      Path copy = Files.writeString(folder.resolve("copy"), other);
      assertThat(Identity.read(copy).recipient()).isEqualTo(identity.recipient());
    }
  }

  @Test
  void aWriterKeyIsReadWhateverEndsItsLines() throws Exception {
    WriterKey key =
        new WriterKey("ab".repeat(16), new byte[32], WriterKeys.random(32), WriterKeys.random(32));
    Path file = folder.resolve("deep/below/writer.key");
    key.write(file);
    Path copy = folder.resolve("copy");
    Files.writeString(copy, "\uFEFF" + Files.readString(file).replace("\n", "\r\n"));
    assertThat(WriterKey.read(copy).writerId()).isEqualTo(key.writerId());
    String text = Files.readString(file);
    int at = text.indexOf("plane-key: ") + 15;
    char digit = text.charAt(at) == '0' ? '1' : '0';
    Files.writeString(copy, text.substring(0, at) + digit + text.substring(at + 1));
    assertThatThrownBy(() -> WriterKey.read(copy))
        .isInstanceOf(WrongKeyException.class)
        .hasMessageContaining("is bent");
    assertThatThrownBy(() -> key.write(file))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("there already");
  }

  @Test
  void whatIsNoIdentityIsToldAndNotRepeated() throws Exception {
    for (String text : new String[] {"", "# only words\n", "two\nlines\n", "hunter2", "\0\1"}) {
      Path file = Files.writeString(folder.resolve("file"), text);
      assertThatThrownBy(() -> Identity.read(file))
          .isInstanceOf(WrongKeyException.class)
          .hasMessageContaining("is no identity")
          .hasMessageNotContaining("hunter2");
    }
  }

  @Test
  void recipientsHaveACheck() {
    String text = Identity.generate().recipient().toString();
    assertThat(Recipient.parse(' ' + text + "\r\n")).hasToString(text);
    for (int i = "godwit1".length(); i < text.length(); i++) {
      char other = text.charAt(i) == 'f' ? '0' : 'f';
      String slip = text.substring(0, i) + other + text.substring(i + 1);
      assertThatThrownBy(() -> Recipient.parse(slip))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("has a typing error");
    }
  }
}
