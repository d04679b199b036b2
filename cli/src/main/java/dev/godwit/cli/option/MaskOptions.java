package dev.godwit.cli.option;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.mapping.mask.MaskChoice;
import dev.godwit.mapping.mask.MaskKey;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import dev.godwit.spi.store.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which columns are masked, and with which key. */
public final class MaskOptions {
  private static final String VARIABLE = "GODWIT_MASK_KEY";
  private static final String EXAMPLE = "customers.email=hash";
  private static final int LONGEST = 64 << 10;

  @Option(
      names = "--mask",
      paramLabel = "DATASET.COLUMN=MASK",
      description = {
        "Put something else in the place of a column's values; may be repeated.",
        "hash: text, whole numbers or uuids that are the same for the same",
        "value and key, so that references masked alike still match;",
        "keep-domain: hash, and what follows the @ as it is;",
        "null: nothing; fixed:TEXT: always this.",
        "Where two match a column, the first holds. Definitions stay as they are, with what a"
            + " default, a check or a comment spells out."
      })
  private List<String> masks = List.of();

  @Option(
      names = "--mask-key-file",
      paramLabel = "FILE",
      description = {
        "The first line of this file is the key that hash and keep-domain are",
        "made with: 16 characters or more, known to nobody. Environment:",
        "GODWIT_MASK_KEY."
      })
  private Path keyFile;

  /**
   * What is masked.
   *
   * @throws GodwitException {@code USAGE} if it cannot be read, or a column is named twice
   */
  public List<MaskChoice> masks() {
    String hint = "a column has one mask: leave the other out";
    return Assignment.parseAll("--mask", masks, EXAMPLE, hint).stream()
        .map(MaskOptions::choice)
        .toList();
  }

  private static MaskChoice choice(Assignment parsed) {
    try {
      return MaskChoice.parse(parsed.name(), parsed.value());
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "cannot read --mask '" + parsed.name() + "=" + parsed.value() + "': " + e.getMessage(),
          "write --mask " + EXAMPLE,
          e);
    }
  }

  /**
   * A key file is given by whoever wants something masked; the variable may be there for any run.
   *
   * @param masks all there are
   * @throws GodwitException {@code USAGE} if there is a key file and nothing that needs it
   */
  public void requireUse(List<MaskChoice> masks) {
    if (keyFile != null && masks.stream().noneMatch(choice -> choice.kind().keyed())) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--mask-key-file is for masks that need a key, and none is asked for",
          "say what is masked, such as --mask customers.email=hash, or leave it out");
    }
  }

  /**
   * The key, of the file, else of the environment.
   *
   * @throws GodwitException {@code FAILED} if the file cannot be read, {@code USAGE} if what is in
   *     it is no key
   */
  public Optional<MaskKey> key(Terminal terminal) {
    if (keyFile != null) {
      return Optional.of(key("the key file " + keyFile, ofFile()));
    }
    return Optional.ofNullable(terminal.environment().get(VARIABLE))
        .map(text -> key(VARIABLE, text));
  }

  private String ofFile() {
    try (InputStream in = Files.newInputStream(keyFile)) {
      String text = new String(in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
      String line = text.lines().findFirst().orElse("");
      if (text.length() > LONGEST && line.length() == text.length()) {
        throw new GodwitException(
            ExitCode.USAGE,
            "the first line of the key file " + keyFile + " has more than 64 KiB, and is no key",
            "make one, such as with: openssl rand -hex 32");
      }
      return line;
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "no such file" : IoReason.of(e);
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot read the key file " + keyFile + ": " + why,
          "name a file whose first line is the key",
          e);
    }
  }

  private static MaskKey key(String whose, String text) {
    try {
      return new MaskKey(Secret.of(text));
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          whose + " holds no key: " + e.getMessage(),
          "make one, such as with: openssl rand -hex 32");
    }
  }
}
