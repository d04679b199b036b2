package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.kind.TableColumns.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of one table's definition.
 *
 * @param quoted its qualified name
 * @param of the type that it is made of, with its keyword; empty for an ordinary table
 * @param parents that it inherits from
 * @param columns all of them
 * @param checks its own, with name
 */
record TableText(
    String quoted, String of, TableParents parents, List<Column> columns, List<String> checks) {

  /** From the name on; what follows the list of columns and parents is given. */
  String create(String tail) {
    List<String> lines = new ArrayList<>();
    for (Column column : columns) {
      if (!of.isEmpty()) {
        String said = constraints(column).strip();
        if (!said.isEmpty()) {
          lines.add(column.name() + " WITH OPTIONS " + said);
        }
      } else if (column.local() || !parents.named()) {
        lines.add(
            column.name()
                + " "
                + column.type()
                + column.compression()
                + column.collation()
                + constraints(column));
      } else if (column.notNullLocal() && column.notNull().startsWith("CONSTRAINT ")) {
        lines.add(
            column.notNull().replaceFirst("NOT NULL( NO INHERIT)?$", "NOT NULL ")
                + column.name()
                + (column.notNull().endsWith(" NO INHERIT") ? " NO INHERIT" : ""));
      }
    }
    lines.addAll(checks);
    String body = lines.isEmpty() ? "" : "\n  " + String.join(",\n  ", lines) + "\n";
    return quoted
        + of
        + (of.isEmpty() || !lines.isEmpty() ? " (" + body + ")" : "")
        + (parents.named()
            ? "\nINHERITS ("
                + String.join(", ", parents.all().stream().map(Node::quoted).toList())
                + ")"
            : "")
        + tail;
  }

  private String constraints(Column column) {
    StringBuilder text = new StringBuilder();
    if (!column.notNull().isEmpty() && (!parents.named() || column.notNullLocal())) {
      text.append(' ').append(column.notNull());
    }
    if (!column.generated().isEmpty() && parents.named() && column.parentGenerates()) {
      return text.toString();
    } else if (!column.generated().isEmpty()) {
      text.append(" GENERATED ALWAYS AS (")
          .append(column.value())
          .append(column.generated().equals("v") ? ") VIRTUAL" : ") STORED");
    } else if (!column.identity().isEmpty()) {
      text.append(" GENERATED ").append(column.identity());
    } else if (column.value() != null) {
      text.append(" DEFAULT ").append(column.value());
    } else if (parents.named() && column.parentValue()) {
      text.append(" DEFAULT NULL");
    }
    return text.toString();
  }

  /** Statements that follow the table's own, each with a semicolon before it. */
  String settings() {
    StringBuilder text = new StringBuilder();
    if (parents.afterwards()) {
      for (Node parent : parents.all()) {
        text.append(";\nALTER TABLE ONLY ")
            .append(quoted)
            .append(" INHERIT ")
            .append(parent.quoted());
      }
    }
    for (Column column : columns) {
      if (!column.identityLogged().isEmpty()) {
        text.append(";\n").append(column.identityLogged());
      }
      for (String setting : column.settings()) {
        alter(text, column, setting);
      }
      if (column.local() || !parents.named()) {
        continue;
      }
      if (!column.compression().isEmpty()) {
        alter(text, column, "SET" + column.compression());
      }
      if (column.value() != null && column.generated().isEmpty()) {
        alter(text, column, "SET DEFAULT " + column.value());
      } else if (column.value() == null && column.parentValue()) {
        alter(text, column, "DROP DEFAULT");
      }
      if (column.notNull().equals("NOT NULL") && column.notNullLocal()) {
        alter(text, column, "SET NOT NULL");
      }
    }
    return text.toString();
  }

  private void alter(StringBuilder text, Column column, String what) {
    text.append(";\nALTER TABLE ONLY ")
        .append(quoted)
        .append(" ALTER COLUMN ")
        .append(column.name())
        .append(' ')
        .append(what);
  }
}
