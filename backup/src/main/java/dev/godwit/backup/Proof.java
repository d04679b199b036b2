package dev.godwit.backup;

import dev.godwit.compare.CompareListener;
import dev.godwit.compare.CompareReport;
import dev.godwit.compare.ComparedRun;
import dev.godwit.compare.Comparison;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.SelectedRun;
import dev.godwit.transfer.TransferEvent;
import dev.godwit.transfer.TransferListener;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import java.util.List;

/** Holds a sealed snapshot against the run that it was made of, which still shows its instant. */
record Proof(Vault vault, PluginContext context) {

  /** Reads both; what was left out of the snapshot is left out here too. */
  CompareReport of(ExtractRun source, Manifest manifest, TransferListener listener) {
    listener.on(new TransferEvent.ProofBegun());
    List<DatasetPattern> leftOut =
        manifest.leftOut().stream().map(left -> DatasetPattern.parse(left.dataset())).toList();
    ExtractRun kept =
        SelectedRun.of(source, new DatasetFilter(List.of(), leftOut, List.of(), List.of()));
    try (ExtractRun snapshot = vault.read(manifest, context)) {
      return new Comparison(
              ComparedRun.ofStore(kept),
              ComparedRun.ofSnapshot(snapshot),
              Renames.NONE,
              0,
              context,
              CompareListener.counting(listener))
          .run();
    }
  }
}
