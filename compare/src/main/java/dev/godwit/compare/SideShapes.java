package dev.godwit.compare;

import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.run.Shapes;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.run.PluginContext;

/**
 * Learns what the documents of a side have in common, by reading them once more at the same
 * instant: rows whose columns were fields of documents can only be held against them so.
 */
record SideShapes(ComparedRun a, ComparedRun b, PluginContext context) {
  DocumentShape of(Side side, Dataset documents) {
    ComparedRun run = side == Side.A ? a : b;
    return Shapes.of(run.reading(), documents, context.jobs(), context.cancellation());
  }
}
