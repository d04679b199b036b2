/** Which server holds a key, where several share them. */
package dev.godwit.loader.redis.slot;
