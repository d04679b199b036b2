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

/** What becomes of datasets and their fields. */
public final class MappingOptions {
  @Mixin private RenameOption rename;

  @Mixin private MaskOptions mask;

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
        OnLossy.FAIL,
        false,
        List.of(),
        new Masks(masks, masks.isEmpty() ? Optional.empty() : mask.key(terminal)));
  }
}
