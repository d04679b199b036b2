package dev.godwit.cli.option;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.mask.MaskChoice;
import dev.godwit.mapping.mask.Masks;
import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.spi.name.DatasetFilter;
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
      defaultValue = "fail",
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
   */
  public MappingRequest with(DatasetFilter filter, Terminal terminal) {
    List<MaskChoice> masks = new ArrayList<>(mask.masks());
    return new MappingRequest(
        rename.renames(),
        filter.columns(),
        policy.meant,
        flatten,
        List.of(),
        new Masks(masks, masks.isEmpty() ? Optional.empty() : mask.key(terminal)));
  }
}
