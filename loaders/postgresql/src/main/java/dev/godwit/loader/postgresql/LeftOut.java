package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.said.ClusterRoles;
import dev.godwit.extractor.postgresql.schema.said.Owners;
import dev.godwit.extractor.postgresql.schema.said.Privileges;
import dev.godwit.extractor.postgresql.schema.said.SecurityLabels;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What of a plan's definitions is not wanted. */
record LeftOut(Set<Part> parts) {
  /** A part of them. */
  enum Part {
    /** Whose things were. */
    OWNERS,
    /** Who may do what. */
    PRIVILEGES,
    /** Where things lay. */
    TABLESPACES,
    /** What security modules read. */
    LABELS,
    /**
     * Who may do what with what the server itself brings: only a superuser may say so, and a server
     * that somebody else runs has its own rules.
     */
    PRIVILEGES_OF_SERVER,
    /** The server's roles. */
    ROLES
  }

  /** Copies the parts. */
  LeftOut {
    parts = Set.copyOf(parts);
  }

  private boolean without(Part part) {
    return parts.contains(part);
  }

  private static final int SHOWN = 5;

  /** The plan without it, and without what needs a table that the plan does not have. */
  LoadPlan of(LoadPlan plan) {
    return new LoadPlan(
        plan.id(),
        plan.origin(),
        without(plan.catalogue(), plan.origin().engine().equals(PostgresqlLoader.ENGINE)),
        plan.renames(),
        plan.create(),
        plan.resume(),
        plan.repeatable(),
        plan.part());
  }

  /** What is left out since it needs a table that the plan does not have, in one line; or none. */
  List<String> unfit(LoadPlan plan) {
    if (!plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      return List.of();
    }
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      List<String> dropped = PresentObjects.droppedOf(objects);
      if (dropped.isEmpty()) {
        return List.of();
      }
      String more = dropped.size() > SHOWN ? " and " + (dropped.size() - SHOWN) + " more" : "";
      return List.of(
          "left out, since a table that it needs is: "
              + String.join(", ", dropped.subList(0, Math.min(SHOWN, dropped.size())))
              + more);
    }
  }

  private boolean wants(SchemaObject object) {
    return switch (object.kind()) {
      case Owners.WORD -> !without(Part.OWNERS);
      case Privileges.WORD ->
          !without(Part.PRIVILEGES) && !(without(Part.PRIVILEGES_OF_SERVER) && isOfServer(object));
      case SecurityLabels.WORD -> !without(Part.LABELS);
      case MadeDatabase.OWNER -> !without(Part.OWNERS);
      case MadeDatabase.TABLESPACE -> !without(Part.TABLESPACES);
      case ClusterRoles.WORD, ClusterRoles.SETTING, ClusterRoles.COMMENT, ClusterRoles.MEMBERSHIP ->
          !without(Part.ROLES);
      default -> true;
    };
  }

  /** Whether it may be left out with owners, or with who may do what. */
  static boolean isOwnerOrPrivilege(SchemaObject object) {
    return object.kind().equals(Owners.WORD)
        || object.kind().equals(Privileges.WORD)
        || object.kind().equals(MadeDatabase.OWNER);
  }

  /** The same for a user who is no superuser. */
  LeftOut forOthers() {
    Set<Part> more = EnumSet.of(Part.PRIVILEGES_OF_SERVER);
    more.addAll(parts);
    return new LeftOut(more);
  }

  private static boolean isOfServer(SchemaObject object) {
    return object.kind().equals(Privileges.WORD)
        && object.attribute(Attributes.OF_SERVER).isPresent();
  }

  /** What is left out since only a superuser may say it, in one line; or none. */
  List<String> closed(LoadPlan plan) {
    if (without(Part.PRIVILEGES)
        || !without(Part.PRIVILEGES_OF_SERVER)
        || !plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      return List.of();
    }
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      long many = objects.filter(LeftOut::isOfServer).count();
      return many == 0
          ? List.of()
          : List.of(
              "left out, since only a superuser may give them: privileges on what the server brings ("
                  + many
                  + ")");
    }
  }

  /** Roles can be made only where there are any. */
  List<Loader.Obstacle> obstacles(LoadPlan plan) {
    if (without(Part.ROLES) || !plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      return List.of();
    }
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      return objects.anyMatch(object -> object.kind().equals(ClusterRoles.WORD))
          ? List.of()
          : List.of(
              new Loader.Obstacle(
                  "there are no roles to make: what is loaded was read without them",
                  "back up with --roles, or leave --roles out"));
    }
  }

  private SchemaObject unplaced(SchemaObject object) {
    if (!without(Part.TABLESPACES) || object.attribute(Attributes.TABLESPACE).isEmpty()) {
      return object;
    }
    Map<String, String> attributes = new TreeMap<>(object.attributes());
    attributes.remove(Attributes.TABLESPACE);
    return object.withAttributes(attributes);
  }

  /** The tablespaces that are not wanted, in one line; or none. */
  List<String> unplaced(LoadPlan plan) {
    if (!without(Part.TABLESPACES) || !plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      return List.of();
    }
    Set<String> places = new TreeSet<>();
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      objects.forEach(object -> object.attribute(Attributes.TABLESPACE).ifPresent(places::add));
    }
    return places.isEmpty()
        ? List.of()
        : List.of(
            "what lay in tablespaces is in the database's own place: " + String.join(", ", places));
  }

  private Catalogue without(Catalogue whole, boolean ownEngine) {
    Predicate<SchemaObject> wants = this::wants;
    UnaryOperator<SchemaObject> unplaced = this::unplaced;
    return new Catalogue() {
      @Override
      public Stream<Dataset> datasets() {
        return whole.datasets();
      }

      @Override
      public Stream<SchemaObject> objects() {
        Stream<SchemaObject> wanted = whole.objects().filter(wants).map(unplaced);
        return ownEngine ? PresentObjects.of(wanted) : wanted;
      }

      @Override
      public SortedMap<String, Long> notCarried() {
        return whole.notCarried();
      }

      @Override
      public List<Catalogue.LeftOut> leftOut() {
        return whole.leftOut();
      }
    };
  }
}
