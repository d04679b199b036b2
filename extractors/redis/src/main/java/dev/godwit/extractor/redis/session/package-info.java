/** The way to a server: options, login, TLS, what it can do, why it does not answer. */
package dev.godwit.extractor.redis.session;
