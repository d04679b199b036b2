package dev.godwit.cli.option;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.file.MappingFile;
import dev.godwit.mapping.file.MappingFileWriter;
import dev.godwit.mapping.keyvalue.KeyChoices;
import dev.godwit.mapping.mask.MaskChoice;
import dev.godwit.mapping.mask.Masks;
import dev.godwit.mapping.run.Mapping;
import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What becomes of datasets and their fields. */
public final class MappingOptions {
  @Mixin private RenameOption rename;

  @Option(
      names = "--on-lossy",
      paramLabel = "fail|warn|text",
      description = {
        "What becomes of a value that the target cannot hold: the run ends",
        "and names it (fail, the default; exit 5), the nearest that the target",
        "holds is written and counted (warn), or its text (text)."
      })
  private Policy policy;

  @Option(
      names = "--flatten",
      description =
          "Of documents that go into rows, make a column of each field whose type all documents"
              + " share; the documents are read once more for that.")
  private boolean flatten;

  @Mixin private MaskOptions mask;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = {
        "Take names, types, masks and what is left out from this file, as",
        "--save-mapping writes it. What a flag says too, the flag decides."
      })
  private Path file;

  @Option(
      names = "--save-mapping",
      paramLabel = "FILE",
      description = "Write the mapping into a new file, to be edited and given back.")
  private Path saved;

  @Option(names = "--overwrite", description = "Let --save-mapping replace a file.")
  private boolean overwrite;

  /** The words of the flag. */
  private enum Policy {
    fail(OnLossy.FAIL),
    warn(OnLossy.WARN),
    text(OnLossy.TEXT);

    private final OnLossy meant;

    Policy(OnLossy meant) {
      this.meant = meant;
    }
  }

  /**
   * What is wanted of a mapping.
   *
   * @param filter what is read
   * @param keys how keys are made, as flags say
   * @throws GodwitException {@code USAGE} where flags or file cannot be read
   */
  public MappingRequest with(DatasetFilter filter, KeyChoices keys, Terminal terminal) {
    MappingFile given = file == null ? MappingFile.NONE : MappingFile.read(file);
    List<MaskChoice> asked = mask.masks();
    List<MaskChoice> masks = new ArrayList<>(asked);
    masks.addAll(given.masks());
    mask.requireUse(masks);
    return new MappingRequest(
        given.with(rename.renames()),
        filter.columns(),
        policy != null ? policy.meant : given.policy().orElse(OnLossy.FAIL),
        flatten || given.flatten().orElse(false),
        given.choices(),
        new Masks(asked, given.masks(), masks.isEmpty() ? Optional.empty() : mask.key(terminal)),
        given.with(keys));
  }

  /**
   * Writes the mapping down, where that is wanted.
   *
   * @param title says what is mapped, for people
   * @throws GodwitException {@code USAGE} where there is such a file already
   */
  public void save(Mapping mapping, String title) {
    if (saved != null) {
      MappingFileWriter.write(saved, mapping, title, overwrite);
    } else if (overwrite) {
      throw new GodwitException(
          ExitCode.USAGE, "--overwrite is for --save-mapping", "add --save-mapping FILE");
    }
  }
}
