package dev.godwit.extractor.postgresql.schema;

import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The definitions of a catalogue, page by page in their order. Each page is made when it is its
 * turn, of nodes of one kind, so that one page of definitions is held at a time.
 */
final class Pages {
  /** What is made of the nodes of a page. */
  @FunctionalInterface
  interface OfPage {
    List<SchemaObject> define(List<Node> nodes);
  }

  private final Tablespaces tablespaces;
  private final List<Supplier<List<SchemaObject>>> pages = new ArrayList<>();

  Pages(Tablespaces tablespaces) {
    this.tablespaces = tablespaces;
  }

  /** One more page. */
  void add(Supplier<List<SchemaObject>> page) {
    pages.add(page);
  }

  /** Pages of those nodes that are wanted. */
  void of(List<Node> nodes, Predicate<Node> wanted, OfPage define) {
    List<Node> open = new ArrayList<>();
    Kind kind = null;
    for (Node node : nodes) {
      if (wanted.test(node)) {
        if (!open.isEmpty() && (open.size() == Scope.PAGE || !node.kind().equals(kind))) {
          close(List.copyOf(open), define);
          open.clear();
        }
        kind = node.kind();
        open.add(node);
      }
    }
    if (!open.isEmpty()) {
      close(open, define);
    }
  }

  private void close(List<Node> page, OfPage define) {
    pages.add(() -> tablespaces.on(define.define(page)));
  }

  /** All definitions. */
  Stream<SchemaObject> stream() {
    // One level of flatMap only: an iterator over the stream then holds one page, not all.
    return pages.stream().flatMap(page -> page.get().stream());
  }
}
