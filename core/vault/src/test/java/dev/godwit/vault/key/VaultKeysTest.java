package dev.godwit.vault.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.store.Secret;
import dev.godwit.vault.Vault;
import dev.godwit.vault.storage.LocalFolder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed with which key, and who opens it. */
class VaultKeysTest {
  private static final byte[] AAD = "a block's id".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private final Identity identity = Identity.generate();
  private final List<WriterKey> kept = new ArrayList<>();

  private WriterKeys writer() {
    NewEncryption encryption =
        new NewEncryption(List.of(identity.recipient()), Optional.empty(), kept::add);
    try (Vault vault = Vault.create(new LocalFolder(folder), Optional.of(encryption))) {
      return vault.keys().writing().orElseThrow();
    }
  }

  private VaultKeys open(KeyRing ring) {
    try (Vault vault = Vault.open(new LocalFolder(folder), ring)) {
      return vault.keys();
    }
  }

  @Test
  void aReaderOpensWhatAWriterSealed() throws Exception {
    WriterKeys writer = writer();
    DataKey key = writer.newDataKey();
    assertThat(key.sealed()).hasSize(80);
    byte[] plain = "rows".getBytes(StandardCharsets.UTF_8);
    ByteBuffer sealed = ByteBuffer.allocateDirect(plain.length + DataKey.OVERHEAD);
    key.encrypt(ByteBuffer.wrap(plain), AAD, sealed);
    assertThat(sealed.flip().remaining()).isEqualTo(plain.length + DataKey.OVERHEAD);

    ReaderKeys reader = open(KeyRing.of(identity)).reading().orElseThrow();
    ByteBuffer opened = ByteBuffer.allocate(plain.length);
    reader.open(key.sealed()).decrypt(sealed.duplicate(), AAD, opened);
    assertThat(opened.array()).isEqualTo(plain);
    byte[] other = "another id".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> reader.open(key.sealed()).decrypt(sealed.duplicate(), other, opened.clear()))
        .isInstanceOf(BentSealException.class);
    sealed.put(20, (byte) (sealed.get(20) ^ 1));
    assertThatThrownBy(
            () -> reader.open(key.sealed()).decrypt(sealed.duplicate(), AAD, opened.clear()))
        .isInstanceOf(BentSealException.class);
  }

  @Test
  void aWriterReadsNothing() {
    writer();
    VaultKeys keys = open(KeyRing.of(kept.get(0)));
    assertThat(keys).isInstanceOf(WriterKeys.class);
    assertThatThrownBy(keys::reading).isInstanceOf(WrongKeyException.class);
  }

  @Test
  void theWriterPlaneIsSharedAndDeterministic() throws Exception {
    WriterKeys writer = writer();
    byte[] plain = "a list".getBytes(StandardCharsets.UTF_8);
    byte[] sealed = writer.seal(Plane.LIST, plain, AAD);
    assertThat(sealed).hasSize(plain.length + 16).isEqualTo(writer.seal(Plane.LIST, plain, AAD));
    WriterKeys again = open(KeyRing.of(kept.get(0))).writing().orElseThrow();
    assertThat(again.open(Plane.LIST, sealed, AAD)).isEqualTo(plain);
    assertThat(again.writerId()).isEqualTo(writer.writerId()).hasSize(32);
    ReaderKeys reader = open(KeyRing.of(identity)).reading().orElseThrow();
    assertThat(reader.writer().open(Plane.LIST, sealed, AAD)).isEqualTo(plain);
    assertThat(reader.writer().writerId()).isNotEqualTo(writer.writerId());
    assertThatThrownBy(() -> again.open(Plane.INDEX, sealed, AAD))
        .isInstanceOf(BentSealException.class);
    assertThatThrownBy(() -> again.open(Plane.LIST, sealed, new byte[0]))
        .isInstanceOf(BentSealException.class);
  }

  /** Arabic writes other digits; what a passphrase opens is bound to numbers. */
  @Test
  void aPassphraseOpensAVaultInEveryLocale() {
    Secret passphrase = Secret.of("long enough for anybody");
    NewEncryption encryption = new NewEncryption(List.of(), Optional.of(passphrase), kept::add);
    Locale here = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      Vault.create(new LocalFolder(folder), Optional.of(encryption)).close();
    } finally {
      Locale.setDefault(here);
    }
    assertThat(open(KeyRing.of(passphrase))).isInstanceOf(ReaderKeys.class);
  }

  @Test
  void domainsOfSourcesAndWritersAreApart() {
    WriterKeys writer = writer();
    WriterKeys other = open(KeyRing.of(identity)).writing().orElseThrow();
    Domain shop = writer.domain("shop");
    assertThat(shop.name()).hasSize(32).isEqualTo(writer.domain("shop").name());
    assertThat(shop.name()).isNotEqualTo(writer.domain("crm").name());
    assertThat(shop.name()).isNotEqualTo(other.domain("shop").name());
    assertThat(shop.blockIds().doFinal(AAD)).isNotEqualTo(shop.segments().doFinal(AAD));
    assertThat(shop.blockIds().doFinal(AAD))
        .isNotEqualTo(other.domain("shop").blockIds().doFinal(AAD));
  }
}
