package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.said.ClusterRoles;
import dev.godwit.extractor.postgresql.schema.said.Owners;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.Loader.Obstacle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a server must have, whatever the database: roles, and extensions that it can install. */
final class ServerNeeds {
  /**
   * Arrays of roles that definitions name, in PostgreSQL's notation, each with the id of one that
   * is neither an owner nor a privilege; empty where there is none.
   */
  private final Map<String, String> roles = new TreeMap<>();

  /** The roles that the load makes where they are missing. */
  private final List<SchemaObject> carried = new ArrayList<>();

  /** Arrays of roles that things are given to. */
  private final Set<String> owners = new TreeSet<>();

  private final Set<String> extensions = new TreeSet<>();

  /** Learns what a definition needs. */
  void learn(SchemaObject object) {
    Optional<String> named = object.attribute(Attributes.ROLES);
    String naming = LeftOut.isOwnerOrPrivilege(object) ? "" : object.id();
    named.ifPresent(
        array -> roles.merge(array, naming, (one, other) -> one.isEmpty() ? other : one));
    if (object.kind().equals(Owners.WORD)) {
      named.ifPresent(owners::add);
    }
    if (object.kind().equals(ClusterRoles.WORD)) {
      carried.add(object);
    }
    object.attribute(Attributes.EXTENSION).ifPresent(extensions::add);
  }

  /** The names of the extensions that are made where they are missing. */
  Set<String> extensions() {
    return extensions;
  }

  /** What of it is missing. */
  List<Obstacle> lacking(TargetState state) throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    for (String extension : state.notOffered(extensions)) {
      obstacles.add(
          new Obstacle(
              "extension " + extension + " is needed, and the server does not offer it",
              "install its files on the server"));
    }
    Set<String> brought = new HashSet<>();
    carried.forEach(role -> role.attribute(Attributes.ROLE).ifPresent(brought::add));
    addMayNotMake(obstacles, state, brought);
    for (String role : state.missingRoles(roles.keySet())) {
      if (brought.contains(role)) {
        continue;
      }
      obstacles.add(
          new Obstacle(
              "role " + role + " is needed and not carried",
              naming(state, role)
                  .map(
                      id ->
                          "create it in the server, or have it made with --roles from a backup that"
                              + " was made with --roles; "
                              + id
                              + " names it, and comes without owners and grants too")
                  .orElse(
                      "create it in the server, have it made with --roles from a backup that was"
                          + " made with --roles, or leave owners and grants out with --no-owner and"
                          + " --no-privileges")));
    }
    for (String role : state.rolesOfOthers(owners)) {
      obstacles.add(
          new Obstacle(
              "user " + state.user() + " may not give anything to role " + role,
              "grant that role to the user, or leave owners out with --no-owner"));
    }
    return obstacles;
  }

  /** What names a missing role beside owners and privileges. */
  private Optional<String> naming(TargetState state, String role) throws SQLException {
    for (Map.Entry<String, String> entry : roles.entrySet()) {
      if (!entry.getValue().isEmpty()
          && state.missingRoles(List.of(entry.getKey())).contains(role)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  private void addMayNotMake(List<Obstacle> obstacles, TargetState state, Set<String> brought)
      throws SQLException {
    if (brought.isEmpty() || state.isSuperuser()) {
      return;
    }
    List<String> missing = state.missingRoles(List.of(Attributes.array(brought)));
    if (!missing.isEmpty() && !state.mayCreateRoles()) {
      obstacles.add(
          new Obstacle(
              "user " + state.user() + " may not create roles, such as " + missing.get(0),
              "alter role ... createrole, or let someone else make them and leave out --roles"));
      return;
    }
    for (SchemaObject role : carried) {
      String name = role.attribute(Attributes.ROLE).orElse("");
      if (role.attribute(Attributes.MIGHTY).isPresent() && missing.contains(name)) {
        obstacles.add(
            new Obstacle(
                "only a superuser can create role " + name,
                "let a superuser restore, or create that role beforehand"));
      }
    }
  }
}
