package dev.godwit.loader.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.godwit.extractor.mongodb.schema.Kinds;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Puts back users, with their salted keys, and roles. They are laid down in two collections beside
 * the server's own, which it then merges into its own by itself, as its own tools do it: nobody may
 * write there directly.
 */
final class AccountsLoad {
  // The names that MongoDB's own tools use: the role "restore" lets these two be merged, no others.
  private static final String USERS = "tempusers";
  private static final String ROLES = "temproles";

  private final Target target;

  AccountsLoad(Target target) {
    this.target = target;
  }

  void load(List<SchemaObject> accounts) {
    MongoCollection<BsonDocument> users = collection(USERS);
    MongoCollection<BsonDocument> roles = collection(ROLES);
    try {
      users.drop();
      roles.drop();
      for (SchemaObject account : accounts) {
        BsonDocument moved = moved(account);
        var ignored = (account.kind().equals(Kinds.USER) ? users : roles).insertOne(moved);
      }
      var ignored = target.server().command("admin", merge(target.database()));
      users.drop();
      roles.drop();
    } catch (MongoException e) {
      throw target.server().failures().of("cannot put back users and roles", e);
    } finally {
      List.of(users, roles).forEach(AccountsLoad::dropQuietly);
    }
  }

  static BsonDocument merge(String database) {
    return new BsonDocument("_mergeAuthzCollections", new BsonInt32(1))
        .append("tempUsersCollection", new BsonString("admin." + USERS))
        .append("tempRolesCollection", new BsonString("admin." + ROLES))
        .append("drop", BsonBoolean.FALSE)
        .append("db", new BsonString(database));
  }

  /** They hold salted keys, so they are not left lying; what failed first is what is told. */
  private static void dropQuietly(MongoCollection<BsonDocument> left) {
    try {
      left.drop();
    } catch (MongoException e) {
      // Whoever may not drop them could not make them.
    }
  }

  private MongoCollection<BsonDocument> collection(String name) {
    return target.server().database("admin").getCollection(name, BsonDocument.class);
  }

  /** The account in the target's database, and so the roles of its own database that it names. */
  private BsonDocument moved(SchemaObject account) {
    String from = account.name().parts().get(0);
    BsonDocument moved = new BsonDocument();
    Kinds.document(account).forEach((key, value) -> moved.append(key, moved(key, value, from)));
    moved.put("_id", new BsonString(target.database() + "." + account.name().last()));
    return moved;
  }

  private BsonValue moved(BsonValue value, String from) {
    if (value.isDocument()) {
      BsonDocument changed = new BsonDocument();
      value.asDocument().forEach((key, below) -> changed.append(key, moved(key, below, from)));
      return changed;
    } else if (value.isArray()) {
      BsonArray changed = new BsonArray();
      value.asArray().forEach(below -> changed.add(moved(below, from)));
      return changed;
    }
    return value;
  }

  private BsonValue moved(String key, BsonValue value, String from) {
    boolean names = key.equals("db") && value.equals(new BsonString(from));
    return names ? new BsonString(target.database()) : moved(value, from);
  }
}
