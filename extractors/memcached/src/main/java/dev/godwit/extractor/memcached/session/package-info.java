/**
 * The way to servers: options, login, the text protocol with its meta commands, why one does not
 * answer. It is spoken here because the clients that are kept up know neither the crawler's dump
 * nor the expiry of an item.
 */
package dev.godwit.extractor.memcached.session;
