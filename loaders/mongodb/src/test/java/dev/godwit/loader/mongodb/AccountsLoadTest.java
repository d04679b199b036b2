package dev.godwit.loader.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class AccountsLoadTest {
  @Test
  void accountsLieWhereTheRoleOfRestoresMayMergeThem() {
    // "find" on these two, and on no other collection, comes with the role "restore".
    assertThat(AccountsLoad.merge("shop"))
        .isEqualTo(
            BsonDocument.parse(
                "{_mergeAuthzCollections: 1, tempUsersCollection: 'admin.tempusers',"
                    + " tempRolesCollection: 'admin.temproles', drop: false, db: 'shop'}"));
  }
}
