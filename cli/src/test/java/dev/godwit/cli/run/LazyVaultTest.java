package dev.godwit.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.Identity;
import dev.godwit.vault.key.Recipient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault that two runs make at once: both saw none, and one was faster. */
class LazyVaultTest {
  @TempDir Path folder;

  private final Trail trail = Trail.none();
  private final RootAllocator allocator = new RootAllocator();
  private final PluginContext context =
      new PluginContext(allocator, new Cancellation(), warning -> {}, 1);

  @AfterEach
  void close() {
    trail.close();
    allocator.close();
  }

  private LazyVault lazy(Optional<Path> writerKey, Recipient... recipients) {
    Terminal terminal =
        new Terminal(
            new ByteArrayOutputStream(),
            System.err,
            Map.of("HOME", folder.resolve("home").toString()),
            false,
            false,
            false,
            80);
    GivenKeys keys =
        new GivenKeys(
            terminal,
            Optional.empty(),
            WriterKeyPlace.of(writerKey, terminal),
            PasswordPlaces.ofVariable(GivenKeys.PASSPHRASE));
    NewVault fresh = new NewVault(List.of(recipients), Optional.empty(), keys.writerKey());
    return LazyVault.of(
        folder.resolve("vault").toString(),
        keys,
        keys.toWrite(context),
        Optional.of(fresh),
        terminal,
        trail,
        context);
  }

  private static void wrongKey(String message, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_KEY))
        .hasMessageContaining(message);
  }

  @Test
  void theSecondTakesTheVaultOfTheFirst() {
    LazyVault first = lazy(Optional.empty());
    LazyVault second = lazy(Optional.empty());
    assertThat(second.get().id()).isEqualTo(first.get().id());
  }

  @Test
  void andSoWhereItIsEncryptedForTheSame() {
    Recipient reader = Identity.generate().recipient();
    LazyVault first = lazy(Optional.empty(), reader);
    LazyVault second = lazy(Optional.empty(), reader);
    assertThat(second.get().id()).isEqualTo(first.get().id());
    assertThat(second.get().keys().writing()).isPresent();
    // Of the one that was slower no key is left over.
    assertThat(folder.resolve("home/.config/godwit/writers").toFile().list())
        .filteredOn(name -> name.endsWith(".key"))
        .containsExactly(first.get().id() + ".key");
  }

  @Test
  void andWhereBothNameOneFileForTheWriterKey() {
    Recipient reader = Identity.generate().recipient();
    Optional<Path> key = Optional.of(folder.resolve("writer.key"));
    LazyVault first = lazy(key, reader);
    LazyVault second = lazy(key, reader);
    assertThat(second.get().id()).isEqualTo(first.get().id());
    assertThat(key.get()).exists();
  }

  @Test
  void whatDoesNotSuitIsRefused() {
    Recipient reader = Identity.generate().recipient();
    LazyVault plain = lazy(Optional.empty());
    LazyVault sealed = lazy(Optional.empty(), reader);
    Vault made = plain.get();
    wrongKey("is there and is not encrypted", sealed::get);
    assertThat(made.snapshots()).isEmpty();
  }

  @Test
  void aVaultForOtherReadersIsRefused() {
    LazyVault theirs = lazy(Optional.empty(), Identity.generate().recipient());
    LazyVault ours = lazy(Optional.empty(), Identity.generate().recipient());
    assertThat(theirs.get().snapshots()).isNotNull();
    wrongKey("meanwhile, and not for godwit1", ours::get);
  }

  @Test
  void whatIsNotMadeAfterAllLeavesNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    LazyVault none = lazy(Optional.of(file), Identity.generate().recipient());
    assertThatThrownBy(none::get).hasMessageContaining("is there already");
    assertThat(folder.resolve("vault")).doesNotExist();
    assertThat(file).hasContent("mine");
  }
}
