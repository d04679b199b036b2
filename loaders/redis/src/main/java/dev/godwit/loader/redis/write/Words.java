package dev.godwit.loader.redis.write;

import dev.godwit.loader.redis.wire.Chunk.Word;

/** The words of commands. */
final class Words {
  static final Word SET = new Word("SET");
  static final Word UNTIL = new Word("PXAT");
  static final Word IF_FREE = new Word("NX");
  static final Word RESTORE = new Word("RESTORE");
  static final Word REPLACE = new Word("REPLACE");
  static final Word ABSOLUTE = new Word("ABSTTL");
  static final Word MULTI = new Word("MULTI");
  static final Word EXEC = new Word("EXEC");
  static final Word DEL = new Word("DEL");
  static final Word EXPIRE = new Word("PEXPIREAT");
  static final Word RENAME = new Word("RENAME");
  static final Word RENAME_IF_FREE = new Word("RENAMENX");
  static final Word APPEND = new Word("APPEND");
  static final Word PUSH = new Word("RPUSH");
  static final Word ADD_MEMBERS = new Word("SADD");
  static final Word ADD_SCORES = new Word("ZADD");
  static final Word SET_FIELDS = new Word("HSET");
  static final Word EXPIRE_FIELDS = new Word("HPEXPIREAT");
  static final Word FIELDS = new Word("FIELDS");
  static final Word ADD_ENTRY = new Word("XADD");
  static final Word GROUP = new Word("XGROUP");
  static final Word CREATE = new Word("CREATE");
  static final Word DESTROY = new Word("DESTROY");
  static final Word CREATE_CONSUMER = new Word("CREATECONSUMER");
  static final Word MAKE_STREAM = new Word("MKSTREAM");
  static final Word ENTRIES_READ = new Word("ENTRIESREAD");
  static final Word SET_ID = new Word("XSETID");
  static final Word ENTRIES_ADDED = new Word("ENTRIESADDED");
  static final Word GREATEST_DELETED = new Word("MAXDELETEDID");
  static final Word CLAIM = new Word("XCLAIM");
  static final Word TIME = new Word("TIME");
  static final Word RETRIES = new Word("RETRYCOUNT");
  static final Word FORCE = new Word("FORCE");
  static final Word ONLY_IDS = new Word("JUSTID");

  private Words() {}
}
